-- expect: report: không có "debug" trong các tên dùng chung
return debug
