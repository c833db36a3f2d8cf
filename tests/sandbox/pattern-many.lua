-- expect: report: mẫu có 24 phép lặp
return ("a"):rep(40):find(("a-"):rep(24) .. "b")
