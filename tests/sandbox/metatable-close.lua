-- expect: report: setmetatable: không được dùng __close
setmetatable({}, { __close = function() end })
