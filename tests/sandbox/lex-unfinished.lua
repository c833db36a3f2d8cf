-- expect: report: chuỗi không có dấu đóng
return "abc
