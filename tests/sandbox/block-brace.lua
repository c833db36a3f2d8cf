-- expect: report: text: sau { phải là }
return gb.report { code = "x", title = "x", body = function(doc) doc:text("a {b}") end }
