-- expect: report: hàm table.* chỉ nhận bảng thường
table.sort(_G)
