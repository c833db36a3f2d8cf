-- expect: report: không có "os"
return _ENV.os
