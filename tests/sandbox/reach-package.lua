-- expect: report: không có "package" trong các tên dùng chung
return package
