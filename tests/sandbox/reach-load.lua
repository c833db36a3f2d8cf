-- expect: report: không có "load" trong các tên dùng chung
return load
