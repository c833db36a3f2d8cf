-- expect: report: không có "rawset" trong các tên dùng chung
return rawset
