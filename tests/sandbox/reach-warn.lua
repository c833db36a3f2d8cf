-- expect: report: không có "warn" trong các tên dùng chung
return warn
