-- expect: report: setmetatable: tham số thứ hai
setmetatable({}, string)
