-- expect: report: hàm table.* chỉ nhận bảng thường
return table.unpack(setmetatable({}, { __len = function() return 1099511627776 end }))
