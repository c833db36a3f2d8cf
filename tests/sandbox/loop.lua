-- expect: limit: chạy quá
while true do end
