-- expect: ok
local ok, m = xpcall(function(a) return a + 1 end, function() end, 41)
assert(ok and m == 42)
ok, m = xpcall(function() error("x", 0) end, function(e) return e .. "y" end)
assert(ok == false and m == "xy")
ok, m = pcall(error, "z", 0)
assert(ok == false and m == "z")
assert(select("#", pcall(function() return 1, 2, 3 end)) == 4)
return gb.report { code = "x", title = "x", body = function() end }
