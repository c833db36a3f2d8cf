-- expect: report: hàm table.* chỉ nhận bảng thường
table.insert(setmetatable({}, { __len = function() return 1099511627776 end }), 1, 1)
