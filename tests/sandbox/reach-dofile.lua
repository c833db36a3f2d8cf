-- expect: report: không có "dofile" trong các tên dùng chung
return dofile
