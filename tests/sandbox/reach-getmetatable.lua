-- expect: report: không có "getmetatable" trong các tên dùng chung
return getmetatable
