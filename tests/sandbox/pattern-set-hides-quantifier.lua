-- expect: ok
assert(("a*b"):find("[*+-][b]") == 2)
assert(("key = value"):match("^(%a+)%s*=%s*") == "key")
return gb.report { code = "x", title = "x", body = function() end }
