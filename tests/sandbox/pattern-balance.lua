-- expect: report: mẫu có 4 phép lặp
return ("("):rep(400):find("%b()%b()%b()%b()")
