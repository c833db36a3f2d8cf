-- expect: report: gọi bằng dấu hai chấm: doc:text
return gb.report { code = "x", title = "x", body = function(doc) doc.text("a") end }
