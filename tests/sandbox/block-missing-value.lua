-- expect: report: text: thiếu giá trị cho {}
return gb.report { code = "x", title = "x", body = function(doc) doc:text("a {}") end }
