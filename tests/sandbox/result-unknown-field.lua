-- expect: report: có phải là "audiences"?
return gb.report { code = "x", title = "x", audience = { "front" }, body = function() end }
