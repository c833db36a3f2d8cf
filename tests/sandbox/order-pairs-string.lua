-- expect: report: bad argument #1 to
for k in pairs("abc") do end
