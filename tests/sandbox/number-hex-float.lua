-- expect: report: không được dùng số thập phân
return 0x1p4
