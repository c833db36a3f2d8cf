-- expect: limit: chạy quá
local s = ("a"):rep(60000)
while true do utf8.len(s) end
