-- expect: report: mẫu có 4 phép lặp
return ("a"):rep(40):find("(a+)%1%1%1")
