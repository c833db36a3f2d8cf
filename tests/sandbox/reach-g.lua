-- expect: report: không có "io"
return _G.io
