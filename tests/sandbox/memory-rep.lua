-- expect: report: string.rep: kết quả dài quá
return ("a"):rep(1000000000)
