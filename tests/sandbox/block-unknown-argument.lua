-- expect: report: line: không có "taget"; có phải là "target"?
return gb.report { code = "x", title = "x", body = function(doc, s) doc:line { s["fb.received"], taget = true } end }
