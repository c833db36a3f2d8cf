-- expect: report: setmetatable: không được dùng __mode
setmetatable({}, { __mode = function() end })
