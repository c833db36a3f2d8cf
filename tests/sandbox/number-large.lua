-- expect: report: không được dùng số nguyên vượt quá
return 9223372036854775808
