-- expect: report: setmetatable: không được dùng __metatable
setmetatable({}, { __metatable = function() end })
