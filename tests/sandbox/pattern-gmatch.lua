-- expect: report: mẫu có 24 phép lặp
return ("a"):rep(40):gmatch(("a-"):rep(24) .. "b")
