-- expect: report: table.concat: kết quả dài quá
local t = {}
local s = ("a"):rep(60000)
for i = 1, 100 do t[i] = s end
return table.concat(t)
