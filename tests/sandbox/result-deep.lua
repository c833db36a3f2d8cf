-- expect: report: cần chỉ số hoặc danh sách chỉ số
local t = {}
for i = 1, 10000 do t = { t } end
return gb.report { code = "x", title = "x", body = function(doc) doc:alerts { t } end }
