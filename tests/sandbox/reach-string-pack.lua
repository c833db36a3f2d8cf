-- expect: report: không có "pack" trong string
return string.pack
