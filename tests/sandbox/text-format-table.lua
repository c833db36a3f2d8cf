-- expect: report: string.format: %s cần chuỗi hoặc số nguyên
return string.format("%s", {})
