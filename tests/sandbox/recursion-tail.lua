-- expect: limit: chạy quá
local function f() return f() end
f()
