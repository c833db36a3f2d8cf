-- Bản tin điều hành hằng ngày: việc xấu nhất trước, mỗi việc một câu đúng kèm đề nghị ai làm gì. Hai trang chính, còn lại là phụ lục.
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

    doc:section("Tóm tắt điều hành", function()
      if #s:all() == 0 then
        doc:callout(gb.no_data, "Chưa có số liệu nào đến ngày {}, chưa thể đánh giá tình hình. Đề nghị các cơ quan giao nộp số liệu.", s:date())
      elseif #alerts == 0 then
        doc:callout(gb.good, "Không có chỉ số nào ở mức cảnh báo trở lên. Đề nghị các cơ quan tiếp tục theo dõi theo chế độ định kỳ.")
        if #watch > 0 then doc:text("Có {} chỉ số ở mức theo dõi, ghi ở phụ lục.", #watch) end
      end
      doc:summary { s:take(5, alerts) }
    end)

    -- Năm việc nặng nhất đã nói ở trên; bảng này là các việc tiếp theo.
    local others = {}
    for i = 6, math.min(#alerts, 18) do table.insert(others, alerts[i]) end
    doc:section("Các chỉ số cảnh báo khác", function()
      doc:alerts { others, brief = true, drop = 2 }
      if #alerts > 18 then doc:note("Và {} chỉ số khác ở mức cảnh báo, ghi ở phụ lục.", #alerts - 18) end
    end)

    local convened, moved = {}, {}
    for _, scenario in ipairs(s:scenarios()) do
      -- Trang chính dành cho kịch bản mà quy tắc của nó đề nghị họp; các kịch bản khác có chuyển biến ở phụ lục.
      if scenario:reason() then table.insert(convened, scenario) elseif scenario:moved() then table.insert(moved, scenario) end
    end

    doc:section("Kịch bản có chuyển biến và nội dung đề nghị quyết định", function()
      doc:scenarios { convened, ask = true, drop = 4 }
      local leaving = {}
      for _, scenario in ipairs(s:scenarios()) do
        if scenario:is("stand-down") and not scenario:reason() then table.insert(leaving, scenario:title()) end
      end
      if #moved > 0 then doc:text("Có {} kịch bản khác có chuyển biến nhưng chưa tới mức đề nghị họp, ghi ở phụ lục.", #moved) end
      if #leaving > 0 then doc:text("Không còn con số nào ở mức cảnh báo, chờ xác nhận trở lại bình thường: {}.", table.concat(leaving, "; ")) end
      doc:ended { s:scenarios() }
    end)

    doc:section("Dự báo 24 đến 72 giờ", function()
      -- Thiên tai, phòng thủ dân sự, cháy rừng chỉ dùng dự báo của cơ quan chuyên môn, không kéo dài chuỗi số liệu.
      doc:ahead { watch, delivered = { s:like("dis.*"), s:like("cd.*"), s:like("fire.*") }, limit = 3, drop = 1 }
    end)

    doc:section("Phản ánh, nhiệm vụ, số liệu", function()
      local received, ontime, overdue = s["fb.received"], s["fb.ontime_rate"], s["fb.overdue_open"]
      if received:exists() and ontime:exists() and overdue:exists() then
        doc:text("Người dân gửi {} ({}); xử lý đúng hạn {}; quá hạn chưa trả lời {}.", received, received:period(), ontime, overdue)
      end
      local t = s:tasks()
      if t.late + t.soon > 0 then
        doc:text("{} nhiệm vụ của kế hoạch chậm theo báo cáo của cơ quan chủ trì, {} đến hạn trong ba mươi ngày; danh mục ở phụ lục.", t.late, t.soon)
      end
      doc:gaps { limit = 0 }
    end)

    doc:annex("Các chỉ số từ mức theo dõi trở lên", function()
      doc:table { watch, title = "Chỉ số từ mức theo dõi trở lên, nặng nhất trước",
                  columns = { "value", "previous", "same_period", "target", "state", "period", "owner" } }
      doc:source()
    end)
    doc:annex("Diễn biến của các việc nặng nhất", function()
      for _, x in ipairs(s:take(4, alerts)) do doc:line { x, threshold = true } end
    end)
    doc:annex("Nhiệm vụ của kế hoạch chậm hoặc sắp đến hạn", function()
      doc:tasks { state = { "late", "soon" }, brief = true, limit = 40, title = "Nhiệm vụ chậm, sắp đến hạn" }
    end)
    doc:annex("Kịch bản có chuyển biến", function()
      doc:scenarios { convened, title = "Đề nghị họp" }
      doc:scenarios { moved, title = "Chưa tới mức đề nghị họp" }
    end)
    doc:annex("Chất lượng số liệu trong ngày", function() doc:gaps { limit = 60, agencies = true, summary = false } end)
  end,
}
