-- expect: report: không có "_VERSION" trong các tên dùng chung
return _VERSION
