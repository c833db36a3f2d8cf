-- expect: report: mẫu: chuỗi dài 5000 byte
return ("a"):rep(5000):find("b")
