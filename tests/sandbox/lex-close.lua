-- expect: report: không được dùng <close>
local t <close> = nil
