-- expect: limit: bộ nhớ
local function f() return f() + 1 end
f()
