-- expect: report: phần này chỉ để đọc
return gb.report { code = "x", title = "x", body = function(doc, s) s["fb.received"].x = 1 end }
