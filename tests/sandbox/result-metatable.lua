-- expect: report: cần một bảng
return gb.report(string)
