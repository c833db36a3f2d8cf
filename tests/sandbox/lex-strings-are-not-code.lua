-- expect: ok
-- goto & | ~ 1.5 <close>
local a, b = "goto & | 1.5 \" ~", [=[ ]] goto <close> / ]=]
assert(a ~= b)
return gb.report { code = "x", title = "x", body = function() end }
