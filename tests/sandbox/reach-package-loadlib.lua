-- expect: report: không có "package"
return package.loadlib("libc.so.6", "system")
