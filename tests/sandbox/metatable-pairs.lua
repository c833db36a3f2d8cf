-- expect: report: setmetatable: không được dùng __pairs
setmetatable({}, { __pairs = function() end })
