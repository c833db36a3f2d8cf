-- expect: report: hàm table.* chỉ nhận bảng thường
table.insert(string, 1)
