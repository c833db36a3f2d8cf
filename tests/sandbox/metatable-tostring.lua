-- expect: report: setmetatable: không được dùng __tostring
setmetatable({}, { __tostring = function() end })
