-- expect: report: cần một hàm body
local t = { code = "x", title = "x" }
t.body = t
return gb.report(t)
