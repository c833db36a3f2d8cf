-- expect: report: setmetatable: bảng này chỉ để đọc
setmetatable(string, { __index = _G })
