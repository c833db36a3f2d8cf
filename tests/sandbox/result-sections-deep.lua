-- expect: report: mục sâu quá
local function f(doc, n) doc:section("a", function() doc:text("b") if n > 0 then f(doc, n - 1) end end) end
return gb.report { code = "x", title = "x", body = function(doc) f(doc, 9) end }
