-- expect: ok
assert(use "good" == use "good" and use("good").answer == 42)
return gb.report { code = "x", title = "x", body = function() end }
