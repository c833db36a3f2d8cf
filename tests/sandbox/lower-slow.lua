-- expect: limit: chạy quá
local s = ("a"):rep(60000)
while true do s:lower() end
