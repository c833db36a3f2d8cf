-- expect: report: không đổi số liệu thành chữ
return gb.report { code = "x", title = "x", body = function(doc, s) doc:text("a " .. s["fb.received"]:value()) end }
