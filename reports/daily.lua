-- Bản tin điều hành hằng ngày: việc xấu nhất trước, mỗi việc một câu đúng kèm đề nghị ai làm gì. Hai trang chính, còn lại là phụ lục.
-- Không nói hai lần: việc đã nêu ở tóm tắt không vào bảng cảnh báo, đề nghị đã nêu ở đó không lặp lại ở nội dung đề nghị quyết định.
local POINTS = 5 -- tóm tắt năm việc; trên giấy nhiều hơn thì không còn chỗ cho kịch bản và nội dung quyết định

return gb.report {
  code      = "daily",
  type      = "BÁO CÁO NHANH",
  title     = "Tình hình chỉ đạo, điều hành hằng ngày",
  short     = "Hằng ngày",
  audiences = { "leadership" },
  rhythm    = "daily",
  pages     = 2,

  body = function(doc, s)
    local alerts, watch = s:alerts(gb.warning), s:alerts(gb.watch)

    -- Kịch bản mà quy tắc của nó đề nghị họp; kịch bản khác có chuyển biến; kịch bản chờ xác nhận trở lại bình thường.
    local convened, moved, leaving = {}, {}, {}
    for _, scenario in ipairs(s:scenarios()) do
      if scenario:reason() then
        table.insert(convened, scenario)
        table.insert(moved, scenario)
      elseif scenario:moved() then
        table.insert(moved, scenario)
      elseif scenario:is("stand-down") then
        table.insert(leaving, scenario:title())
      end
    end

    -- Không có cảnh báo chỉ là tin tốt khi phần lớn số liệu phải có đã có và còn mới.
    local n = s:coverage()

    doc:section("Tóm tắt điều hành", function()
      if n.fresh + n.overdue == 0 then
        doc:callout(gb.no_data, "Đến thời điểm chốt số liệu chưa có số liệu nào dùng được, chưa thể đánh giá tình hình. Đề nghị các cơ quan giao nộp số liệu, hoặc báo lý do chưa giao nộp được.")
      elseif 2 * n.fresh < n.due then
        doc:callout(gb.overdue, "Chỉ {} trên {} chỉ số có số liệu đúng hạn, chưa đủ để kết luận về tình hình. Đề nghị các cơ quan ghi ở mục số liệu còn thiếu gửi bổ sung.", n.fresh, n.due)
      elseif #alerts == 0 then
        doc:callout(gb.good, "Trong {} chỉ số có số liệu đúng hạn, không có chỉ số nào ở mức cảnh báo trở lên. Đề nghị các cơ quan tiếp tục theo dõi theo chế độ định kỳ.", n.fresh)
        if #watch > 0 then doc:text("Có {} chỉ số ở mức theo dõi, ghi ở phụ lục.", #watch) end
        if #moved == 0 then doc:text("Không có kịch bản nào chuyển biến, không có nội dung đề nghị quyết định.") end
      end
      doc:summary { s:take(POINTS, alerts) }
    end)

    doc:section("Các chỉ số cảnh báo khác", function()
      local others = {}
      for i = POINTS + 1, math.min(#alerts, 18) do table.insert(others, alerts[i]) end
      doc:alerts { others, brief = true, drop = 1, beyond = math.max(#alerts - 18, 0), rest = "chỉ số khác từ mức cảnh báo trở lên, ghi ở phụ lục" }
    end)

    doc:section("Kịch bản có chuyển biến", function()
      doc:scenarios { moved, brief = true, drop = 3, rest = "kịch bản khác có chuyển biến, ghi ở phụ lục" }
      if #leaving > 0 then doc:note("{} kịch bản không còn con số nào ở mức cảnh báo, chờ xác nhận trở lại bình thường, ghi ở phụ lục.", #leaving) end
      doc:ended { s:scenarios() }
    end)

    doc:section("Nhiệm vụ, phản ánh của người dân", function()
      local t = s:tasks()
      if t.late > 0 then
        doc:text("{} nhiệm vụ của kế hoạch chậm theo báo cáo của cơ quan chủ trì, ghi ở phụ lục: {}.", t.late, t.late_leads)
      end
      if t.soon > 0 then doc:text("{} nhiệm vụ đến hạn trong ba mươi ngày tới, ghi ở phụ lục: {}.", t.soon, t.soon_leads) end
      local received, ontime, overdue = s["fb.received"], s["fb.ontime_rate"], s["fb.overdue_open"]
      if received:exists() and ontime:exists() and overdue:exists() then
        doc:text("Ngày {} nhận {}, xử lý đúng hạn {}, quá hạn {}.", received:period(), received, ontime, overdue)
      end
    end)

    -- Thiên tai, phòng thủ dân sự, cháy rừng chỉ dùng dự báo của cơ quan chuyên môn, không kéo dài chuỗi số liệu.
    local delivered = { s:like("dis.*"), s:like("cd.*"), s:like("fire.*") }
    doc:section("Dự báo 24 đến 72 giờ", function()
      doc:ahead { watch, delivered = delivered, limit = 3, drop = 2, rest = "chỉ số khác có dự báo, ghi ở phụ lục" }
    end)

    doc:section("Nội dung đề nghị quyết định", function()
      doc:decisions { convened, each = 1, limit = 5, drop = 4, rest = "nội dung khác, ghi ở phụ lục" }
    end)

    doc:section("Số liệu còn thiếu", function() doc:gaps { limit = 0, owed = true } end)

    doc:annex("Các chỉ số từ mức theo dõi trở lên", function()
      doc:table { watch, title = "Chỉ số từ mức theo dõi trở lên, nặng nhất trước",
                  columns = { "value", "previous", "same_period", "target", "state", "period", "owner" } }
      doc:source()
    end)
    doc:annex("Diễn biến của các việc nặng nhất", function()
      for _, x in ipairs(s:take(4, alerts)) do doc:line { x, threshold = true } end
    end)
    doc:annex("Kịch bản có chuyển biến và nội dung đề nghị quyết định", function()
      if #leaving > 0 then doc:text("Không còn con số nào ở mức cảnh báo, chờ xác nhận trở lại bình thường: {}.", table.concat(leaving, "; ")) end
      doc:scenarios { moved, title = "Kịch bản có chuyển biến, nặng nhất trước" }
      doc:decisions { convened, title = "Nội dung đề nghị quyết định tại cuộc họp đột xuất" }
    end)
    doc:annex("Dự báo 24 đến 72 giờ", function()
      doc:ahead { watch, delivered = delivered, limit = 40, title = "Dự báo của các chỉ số từ mức theo dõi trở lên, nặng nhất trước" }
    end)
    doc:annex("Nhiệm vụ của kế hoạch chậm hoặc sắp đến hạn", function()
      doc:tasks { state = { "late", "soon" }, brief = true, limit = 40, title = "Nhiệm vụ chậm, sắp đến hạn" }
    end)
    doc:annex("Chất lượng số liệu trong ngày", function() doc:gaps { limit = 60, agencies = true, summary = false } end)
  end,
}
