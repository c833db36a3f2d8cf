-- expect: report: tonumber: chỉ đọc hệ thập phân
return tonumber("ff", 16)
