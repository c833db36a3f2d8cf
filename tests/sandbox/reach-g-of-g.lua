-- expect: report: không có "io"
return _G._G._G.io
