-- expect: report: không có tệp reports/lib/../daily.lua
use "../daily"
