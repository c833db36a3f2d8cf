-- expect: report: không được dùng số thập phân
return 1e400
