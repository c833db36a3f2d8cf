-- expect: report: bad argument
return select(-5, 1)
