-- expect: report: string.rep: kết quả dài quá
return (""):rep(60000, "aaaaaaaaaaaaaaaa")
