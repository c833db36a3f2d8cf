-- expect: report: không có "dump" trong string
return ("x").dump
