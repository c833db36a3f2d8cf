-- expect: report: không được sửa các tên dùng chung (x)
x = 1
