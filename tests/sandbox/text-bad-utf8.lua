-- expect: report: text: 
return gb.report { code = "x", title = "x", body = function(doc) doc:text("\xff") end }
