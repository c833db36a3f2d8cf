-- expect: limit: 
local s = ("a"):rep(4000)
local r = ("b"):rep(4000)
local keep = {}
for i = 1, 100 do keep[i] = s:gsub("a", r) end
