-- expect: report: table.unpack: tối đa
return table.unpack({}, 1, 100000000)
