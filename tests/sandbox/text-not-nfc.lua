-- expect: report: text: chữ chưa ở dạng dựng sẵn
return gb.report { code = "x", title = "x", body = function(doc) doc:text("a\u{301}") end }
