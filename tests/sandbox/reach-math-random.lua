-- expect: report: không có "random" trong math
return math.random
