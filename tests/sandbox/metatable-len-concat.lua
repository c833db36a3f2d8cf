-- expect: report: hàm table.* chỉ nhận bảng thường
return table.concat(setmetatable({}, { __len = function() return 1099511627776 end, __index = function() return "a" end }))
