-- expect: report: chuỗi dài mở ở đây không có dấu đóng
return [==[ abc ]=]
