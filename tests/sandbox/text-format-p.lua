-- expect: report: string.format: chỉ dùng được
return string.format("%p", {})
