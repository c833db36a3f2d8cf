-- expect: report: cần số nguyên hoặc chuỗi như
return gb.percent("5%")
