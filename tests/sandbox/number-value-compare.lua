-- expect: report: chỉ so sánh giá trị với giá trị
return gb.report { code = "x", title = "x", body = function(doc, s) if s["fb.received"]:value() > 5 then doc:text("a") end end }
