-- expect: report: mẫu dài 100 byte
return ("a"):find(("a"):rep(100))
