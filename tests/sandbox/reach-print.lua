-- expect: report: không có "print" trong các tên dùng chung
return print
