-- expect: report: không có "loadstring" trong các tên dùng chung
return loadstring
