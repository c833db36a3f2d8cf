-- expect: limit: bộ nhớ
local s = "aaaa"
while true do s = s .. s end
