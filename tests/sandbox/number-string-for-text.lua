-- expect: report: text: cần
return gb.report { code = "x", title = "x", body = function(doc) for i = "1", "1" do doc:text(i) end end }
