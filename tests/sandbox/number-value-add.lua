-- expect: report: attempt to perform arithmetic
return gb.report { code = "x", title = "x", body = function(doc, s) return s["fb.received"]:value() + 1 end }
