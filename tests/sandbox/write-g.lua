-- expect: report: không được sửa các tên dùng chung (x)
_G.x = 1
