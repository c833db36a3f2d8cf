-- expect: report: tệp phải kết thúc bằng return gb.report
return { code = "x" }
