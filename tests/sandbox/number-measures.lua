-- expect: report: không so sánh điểm % (gb.points) với % (gb.percent)
return gb.report { code = "x", title = "x", body = function(doc, s) return gb.points(1) < gb.percent(1) end }
