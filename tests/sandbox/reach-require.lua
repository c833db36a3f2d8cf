-- expect: report: không có "require" trong các tên dùng chung
return require
