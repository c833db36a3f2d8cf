-- expect: report: text: thừa giá trị
return gb.report { code = "x", title = "x", body = function(doc) doc:text("a", "b") end }
