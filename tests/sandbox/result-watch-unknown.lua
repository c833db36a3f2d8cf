-- expect: report: watch: không có chỉ số "fb.b"
return gb.report { code = "x", title = "x", watch = { "fb.b" }, body = function() end }
