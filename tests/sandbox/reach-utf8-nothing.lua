-- expect: report: không có "nothing" trong utf8
return utf8.nothing
