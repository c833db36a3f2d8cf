-- expect: report: table: không có cột "price"
return gb.report { code = "x", title = "x", body = function(doc, s) doc:table { s:all(), title = "a", columns = { "price" } } end }
