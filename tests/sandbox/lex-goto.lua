-- expect: report: không được dùng goto
goto done
::done::
