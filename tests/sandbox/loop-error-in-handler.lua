-- expect: ok
local ok, m = xpcall(function() error("x", 0) end, function() error("y", 0) end)
assert(ok == false and m == "y")
return gb.report { code = "x", title = "x", body = function() end }
