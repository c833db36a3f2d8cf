-- expect: report: không có "collectgarbage" trong các tên dùng chung
return collectgarbage
