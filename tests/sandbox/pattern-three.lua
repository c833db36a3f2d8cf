-- expect: report: mẫu này có thể chạy quá lâu
return ("a"):rep(500):find(".-.-.-b")
