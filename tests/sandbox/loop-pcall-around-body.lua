-- expect: limit: chạy quá
return gb.report { code = "x", title = "x", body = function() pcall(function() while true do end end) while true do pcall(error) end end }
