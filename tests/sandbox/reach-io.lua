-- expect: report: không có "io" trong các tên dùng chung
return io
