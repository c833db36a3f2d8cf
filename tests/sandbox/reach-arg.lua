-- expect: report: không có "arg" trong các tên dùng chung
return arg
