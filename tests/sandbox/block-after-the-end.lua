-- expect: report: doc không có "line2"
local keep
return gb.report { code = "x", title = "x", body = function(doc) keep = doc.line2 end }
