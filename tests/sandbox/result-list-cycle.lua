-- expect: report: cần chỉ số hoặc danh sách chỉ số
local t = {}
t[1] = t
return gb.report { code = "x", title = "x", body = function(doc) doc:summary { t } end }
