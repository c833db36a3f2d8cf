-- expect: ok
assert(tostring({}) == "table" and tostring(nil) ~= nil)
assert(tostring(function() end) == "function" and tostring(12) == "12" and tostring(nil) == "nil" and tostring(true) == "true")
return gb.report { code = "x", title = "x", body = function() end }
