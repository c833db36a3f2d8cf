-- expect: report: không được dùng phép toán bit
return 1 << 40
