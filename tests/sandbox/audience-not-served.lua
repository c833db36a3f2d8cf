-- expect: usage: không dành cho đối tượng public
-- audience: public
return gb.report { code = "x", title = "x", body = function() end }
