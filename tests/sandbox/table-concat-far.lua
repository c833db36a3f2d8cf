-- expect: report: table.concat: vị trí nằm ngoài bảng
return table.concat({}, "", 1, 1099511627776)
