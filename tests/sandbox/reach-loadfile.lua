-- expect: report: không có "loadfile" trong các tên dùng chung
return loadfile
