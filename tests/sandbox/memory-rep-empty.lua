-- expect: report: string.rep: kết quả dài quá
return (""):rep(1000000000)
