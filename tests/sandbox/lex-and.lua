-- expect: report: không được dùng phép toán bit
return 3 & 4
