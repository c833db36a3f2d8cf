-- expect: report: khóa của bảng phải là số nguyên hoặc chuỗi
for k in pairs { [{}] = 1 } do end
