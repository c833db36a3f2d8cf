-- expect: report: không có "pi" trong math
return math.pi
