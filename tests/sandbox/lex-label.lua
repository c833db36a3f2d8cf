-- expect: report: không được dùng nhãn
::done::
