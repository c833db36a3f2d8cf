-- expect: report: section: chuỗi dài
return gb.report { code = "x", title = "x", body = function(doc) doc:section(("a"):rep(60000), function() end) end }
