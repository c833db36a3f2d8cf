-- expect: limit: chạy quá
local t = {}
for i = 1, 20000 do t[i] = i end
local k = next(t)
while k do k = next(t, k) end
