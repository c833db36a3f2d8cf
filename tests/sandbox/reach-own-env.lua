-- expect: report: attempt to call a nil value
local _ENV = {}
return tostring(1)
