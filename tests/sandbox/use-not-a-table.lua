-- expect: report: tệp thư viện phải trả về một bảng
use "number"
