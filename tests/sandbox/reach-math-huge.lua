-- expect: report: không có "huge" trong math
return math.huge
