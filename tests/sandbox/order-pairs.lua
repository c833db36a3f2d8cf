-- expect: ok
local t, out = { delta = 1, alpha = 1, [2] = 1, charlie = 1, [-1] = 1, bravo = 1 }, {}
for k in pairs(t) do table.insert(out, k) end
assert(table.concat(out, " ") == "-1 2 alpha bravo charlie delta")
assert(next({}) == nil and next(t) == -1 and next(t, 2) == "alpha" and next(t, "delta") == nil)
local n = 0
for k in pairs(t) do t[k] = nil n = n + 1 end
assert(n == 6 and next(t) == nil)
return gb.report { code = "x", title = "x", body = function() end }
