-- expect: report: setmetatable: không được dùng __gc
setmetatable({}, { __gc = function() end })
