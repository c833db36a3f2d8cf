-- expect: report: setmetatable: không được dùng __name
setmetatable({}, { __name = function() end })
