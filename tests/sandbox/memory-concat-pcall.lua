-- expect: limit: bộ nhớ
local s = "aaaa"
while true do pcall(function() s = s .. s end) end
