-- expect: ok
return gb.report { code = "x", title = "x", body = function(doc) doc:section("<script>alert(1)</script>", function() doc:text("javascript:alert(1) {}", "=1+1") end) end }
