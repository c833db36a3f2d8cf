-- expect: report: không có "dump" trong string
return string.dump
