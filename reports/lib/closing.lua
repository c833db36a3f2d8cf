-- Phần kết dùng chung của các kịch bản: ai làm gì khi nào xong, họp quyết định gì, nguồn số liệu.
-- Mặt trận Tổ quốc nhận kết quả và nguồn, không nhận phần phân công nội bộ.
local closing = {}

function closing.meeting(doc, s)
  if s:is("leadership") or s:is("ioc") then
    doc:section("Ai làm gì, khi nào xong", function() doc:actions() end)
    doc:section("Nội dung đề nghị quyết định", function() doc:decisions() end)
  end
  doc:source()
end

return closing
