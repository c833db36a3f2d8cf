-- expect: report: không có "os" trong các tên dùng chung
return os
