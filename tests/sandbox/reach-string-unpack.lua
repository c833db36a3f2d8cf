-- expect: report: không có "unpack" trong string
return string.unpack
