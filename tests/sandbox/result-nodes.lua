-- expect: report: tài liệu có quá 20000 phần tử
return gb.report { code = "x", title = "x", body = function(doc) for i = 1, 30000 do doc:text("a") end end }
