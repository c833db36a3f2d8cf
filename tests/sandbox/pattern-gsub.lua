-- expect: report: mẫu có 24 phép lặp
return ("a"):rep(40):gsub(("a-"):rep(24) .. "b", "")
