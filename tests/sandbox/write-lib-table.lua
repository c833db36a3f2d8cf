-- expect: report: không được sửa lib/good.lua (answer)
local good = use "good"
good.answer = 1
