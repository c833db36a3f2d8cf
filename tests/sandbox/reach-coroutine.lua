-- expect: report: không có "coroutine" trong các tên dùng chung
return coroutine
