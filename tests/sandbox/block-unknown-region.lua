-- expect: report: không có địa bàn "99999"
return gb.report { code = "x", title = "x", body = function(doc, s) s["fb.received"]:at("99999") end }
