-- expect: report: doc không có "chart"
return gb.report { code = "x", title = "x", body = function(doc) doc:chart("a") end }
