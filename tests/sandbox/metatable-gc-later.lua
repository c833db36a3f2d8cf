-- expect: ok
local mt = {}
local t = setmetatable({}, mt)
mt.__gc = function() while true do end end
t = nil
local waste = {}
for i = 1, 20000 do waste[i % 10] = { i } end
return gb.report { code = "x", title = "x", body = function() end }
