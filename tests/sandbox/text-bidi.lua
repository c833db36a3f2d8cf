-- expect: report: text: 
return gb.report { code = "x", title = "x", body = function(doc) doc:text("\u{202e}abc") end }
