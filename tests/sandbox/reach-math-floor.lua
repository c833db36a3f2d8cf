-- expect: report: không có "floor" trong math
return math.floor
