-- expect: report: phần này chỉ để đọc
return gb.report { code = "x", title = "x", body = function(doc) doc.text = nil end }
