-- expect: report: text: chuỗi dài
return gb.report { code = "x", title = "x", body = function(doc) doc:text(("a"):rep(10000)) end }
