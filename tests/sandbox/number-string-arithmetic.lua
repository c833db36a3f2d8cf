-- expect: report: attempt to perform arithmetic on a string value
return "1e400" + 0
