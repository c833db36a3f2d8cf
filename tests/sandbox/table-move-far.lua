-- expect: report: table.move: vị trí nằm ngoài bảng
table.move({ 1 }, 1, 1099511627776, 2)
