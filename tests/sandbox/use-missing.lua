-- expect: report: không có tệp reports/lib/nothing.lua
use "nothing"
