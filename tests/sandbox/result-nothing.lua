-- expect: report: tệp phải kết thúc bằng return gb.report
local x = 1
