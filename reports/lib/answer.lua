-- Câu trả lời ở đầu trang một của kịch bản: mức chung, chiều của các kỳ gần đây, nơi xấu nhất. Lời do từng kịch bản viết.
local answer = {}

-- Mức xấu nhất trong các chỉ số nêu ra; không tính chỉ số quá hạn. Không chỉ số nào được đánh giá: chưa có số liệu.
function answer.level(list)
  local worst = gb.no_data
  for _, x in ipairs(list) do
    if x:state() >= gb.good and not (x:state() <= worst) then worst = x:state() end
  end
  return worst
end

-- Chọn lời theo chiều của ít nhất hai kỳ liên tiếp; số lên xuống từng kỳ thì không gọi là xu hướng.
function answer.course(x, rising, falling, unclear)
  if x:rising() >= 2 then return rising end
  if x:falling() >= 2 then return falling end
  return unclear
end

-- Xã, phường xấu nhất, khi chỉ một nơi có số ấy; nhiều nơi bằng nhau thì không nêu tên nơi nào.
function answer.place(s, x)
  local two = s:communes():worst(2, x)
  if #two < 2 or x:at(two[1]):value() == x:at(two[2]):value() then return nil end
  return two[1]
end

-- Chỉ số theo dõi nào nặng hơn những chỉ số đã nói thì nêu ngay dưới câu trả lời, để mức của kịch bản không bất ngờ ở trang sau.
-- Chỉ số nào chưa có số liệu thì nêu tên, vì mục của nó ở dưới sẽ không hiện.
function answer.also(doc, s, said)
  local worst = s:take(1, s:alerts(gb.watch, s:watch()))[1]
  if worst and not (worst:state() <= answer.level(said)) then doc:finding { worst, worst:change() } end

  local names = {}
  for _, x in ipairs(s:watch()) do
    if not x:exists() then table.insert(names, x:name()) end
  end
  if #names > 0 then doc:note("Chưa có số liệu về {} chỉ số của kịch bản: " .. table.concat(names, "; ") .. ".", #names) end
end

return answer
