-- expect: ok
for _, s in ipairs { "0x10", "1e3", " 5", "5 ", "+5", "1.0", "nan", "inf", "", "9223372036854775808" } do assert(tonumber(s) == nil, s) end
assert(tonumber("-12") == -12 and tonumber(7) == 7)
return gb.report { code = "x", title = "x", body = function() end }
