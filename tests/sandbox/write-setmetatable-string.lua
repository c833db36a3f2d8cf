-- expect: report: setmetatable: bảng này chỉ để đọc
setmetatable("x", {})
