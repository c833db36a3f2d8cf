-- expect: report: watch: không có chỉ số "a.b"
return gb.report { code = "x", title = "x", watch = { "a.b" }, body = function() end }
