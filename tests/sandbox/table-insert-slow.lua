-- expect: limit: chạy quá
local t = {}
for i = 1, 200000 do t[i] = i end
for i = 1, 1000000 do table.insert(t, 1, i) end
