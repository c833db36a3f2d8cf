-- expect: report: code: chỉ gồm a-z
return gb.report { code = "../x", title = "x", body = function() end }
