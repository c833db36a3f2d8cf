-- expect: report: không có "reverse" trong string
return string.reverse
