-- expect: limit: chạy quá
local function f() xpcall(error, f) end
while true do f() end
