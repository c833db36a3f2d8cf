-- expect: report: không được dùng phép chia /
return 1 / 0
