-- expect: report: không có "rawget" trong các tên dùng chung
return rawget
