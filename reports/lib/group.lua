-- Phần chung của các nhóm chỉ số: chỉ tiêu chưa đạt, số liệu còn thiếu, nguồn; phụ lục có tiến độ của mọi chỉ tiêu và các chỉ số còn lại.
-- Mỗi nhóm tự kể câu chuyện của mình ở phần trên; phần này để mọi nhóm trả lời cùng ba câu hỏi bằng cùng một cách.
-- Chỉ số mới của nhóm trong danh mục tự có mặt ở đây, không phải sửa định nghĩa.
local group = {}

-- Những chỉ số của danh sách không có kế hoạch năm.
local function without_target(s, list)
  local promised, rest = s:with_target(list), {}
  for _, x in ipairs(list) do
    local found = false
    for _, y in ipairs(promised) do found = found or x == y end
    if not found then table.insert(rest, x) end
  end
  return rest
end

function group.missed(doc, s)
  doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:group() } end)
end

function group.gaps(doc)
  doc:section("Số liệu còn thiếu", function() doc:gaps { group = true } end)
end

-- Nguồn của phần chính, rồi phụ lục với mọi chỉ số của nhóm.
function group.annex(doc, s)
  local items = s:group()
  doc:source()
  doc:annex("Số liệu của nhóm", function()
    doc:section("Tiến độ so với kế hoạch năm", function() doc:progress { items } end)
    doc:section("Chỉ số chưa có kế hoạch năm", function()
      doc:table { without_target(s, items), title = "Số liệu mới nhất",
                  columns = { "value", "previous", "same_period", "state", "period", "owner", "spark" } }
    end)
  end)
end

function group.closing(doc, s)
  group.missed(doc, s)
  group.gaps(doc)
  group.annex(doc, s)
end

return group
