-- expect: limit: chạy quá
local s = ("a"):rep(4000)
while true do s:find("a-b") end
