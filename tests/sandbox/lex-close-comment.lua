-- expect: report: không được dùng <close>
local t < --[[ x ]] close > = nil
