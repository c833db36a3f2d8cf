-- Phần chung của các nhóm chỉ số: chỉ tiêu chưa đạt, số liệu còn thiếu, nguồn; phụ lục có mọi chỉ số và tiến độ của những chỉ số có kế hoạch.
-- Mỗi nhóm tự kể câu chuyện của mình ở phần trên; phần này để mọi nhóm trả lời cùng ba câu hỏi bằng cùng một cách.
-- Chỉ số mới của nhóm trong danh mục tự có mặt ở đây, không phải sửa định nghĩa.
local group = {}

function group.missed(doc, s)
  doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:group() } end)
end

function group.gaps(doc)
  doc:section("Số liệu còn thiếu", function() doc:gaps { group = true } end)
end

-- Nguồn của phần chính, rồi phụ lục với mọi chỉ số của nhóm, có kế hoạch năm hay chưa.
function group.annex(doc, s)
  doc:source()
  doc:annex("Số liệu của nhóm và tiến độ so với kế hoạch năm", function() doc:progress { s:group(), all = true } end)
end

function group.closing(doc, s)
  group.missed(doc, s)
  group.gaps(doc)
  group.annex(doc, s)
end

return group
