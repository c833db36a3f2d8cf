-- expect: report: hàm table.* chỉ nhận bảng thường
table.move({ 1 }, 1, 1, 1, math)
