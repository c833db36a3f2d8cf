-- expect: report: không có "setn" trong table
return table.setn
