-- Câu trả lời ở đầu trang một của kịch bản: một câu, mức của câu ấy, và điều còn nặng hơn. Lời do từng kịch bản viết.
local answer = {}

-- Mức xấu nhất trong các chỉ số nêu ra; không tính chỉ số quá hạn, trừ khi mọi chỉ số đều quá hạn hoặc chưa có số liệu.
function answer.level(list)
  local worst, other = nil, gb.no_data
  for _, x in ipairs(list) do
    local state = x:state()
    if state >= gb.good then
      if not worst or state > worst then worst = state end
    elseif state == gb.overdue then
      other = gb.overdue
    end
  end
  return worst or other
end

-- Chọn lời theo chiều của ít nhất hai kỳ liên tiếp; số lên xuống từng kỳ thì không gọi là xu hướng.
function answer.course(x, rising, falling, unclear)
  if x:rising() >= 2 then return rising end
  if x:falling() >= 2 then return falling end
  return unclear
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

-- Mỗi vế: { chỉ số, "lời có {}", giá trị, ... }. Vế nào chưa có số liệu thì bỏ. Vế đầu chưa có thì không có câu trả lời: nói từng chỉ số.
function answer.say(doc, s, clauses)
  local said, all, format, values = {}, {}, nil, {}
  local whole = not clauses[1][1]:value():missing()
  for _, clause in ipairs(clauses) do
    local x = clause[1]
    table.insert(all, x)
    if not x:value():missing() then
      table.insert(said, x)
      format = format and format .. "; " .. clause[2] or clause[2]
      for k = 3, #clause do table.insert(values, clause[k]) end
    end
  end
  if whole then doc:callout(answer.level(said), format .. ".", table.unpack(values)) else doc:finding(all) end
  answer.also(doc, s, said)
end

return answer
