-- expect: report: không được dùng phép lũy thừa
return 2 ^ 1024
