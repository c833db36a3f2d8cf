-- expect: report: không được sửa string (format)
string.format = nil
