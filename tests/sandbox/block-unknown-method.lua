-- expect: report: chỉ số không có "vlue"; có phải là "value"?
return gb.report { code = "x", title = "x", body = function(doc, s) s["fb.received"]:vlue() end }
