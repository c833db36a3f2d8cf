-- expect: report: không được dùng mã ký tự bằng số
return "a\0b"
