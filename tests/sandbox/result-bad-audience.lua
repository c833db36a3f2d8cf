-- expect: report: audiences: không có "boss"
return gb.report { code = "x", title = "x", audiences = { "boss" }, body = function() end }
