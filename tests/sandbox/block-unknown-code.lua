-- expect: report: có phải là "fb.received"?
return gb.report { code = "x", title = "x", body = function(doc, s) return s["fb.recieved"] end }
