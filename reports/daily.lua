-- Bản tin điều hành hằng ngày: việc xấu nhất trước, mỗi việc một câu đúng kèm đề nghị ai làm gì. Hai trang chính, còn lại là phụ lục.
return gb.report {
  code      = "daily",
  type      = "BÁO CÁO NHANH",
  title     = "Tình hình chỉ đạo, điều hành hằng ngày",
  short     = "Hằng ngày",
  audiences = { "leadership" },
  rhythm    = "daily",

  body = function(doc, s)
    local alerts, dangers, watch = s:alerts(gb.warning), s:alerts(gb.danger), s:alerts(gb.watch)

    doc:section("Tóm tắt điều hành", function()
      if #s:all() == 0 then
        doc:callout(gb.no_data, "Chưa có số liệu nào đến ngày {}, chưa thể đánh giá tình hình. Đề nghị các cơ quan giao nộp số liệu.", s:date())
      elseif #alerts == 0 then
        doc:callout(gb.good, "Không có chỉ số nào ở mức cảnh báo trở lên. Đề nghị các cơ quan tiếp tục theo dõi theo chế độ định kỳ.")
        if #watch > 0 then doc:text("Có {} chỉ số ở mức theo dõi, ghi ở phụ lục.", #watch) end
      end
      doc:summary { s:take(6, alerts) }
    end)

    local shown = math.min(#dangers + 10, 22)
    doc:section("Chỉ số cảnh báo", function()
      doc:alerts { s:take(shown, alerts) }
      if #alerts > shown then doc:note("Và {} chỉ số khác ở mức cảnh báo, ghi ở phụ lục.", #alerts - shown) end
    end)

    local convened, moved = {}, {}
    for _, scenario in ipairs(s:scenarios()) do
      -- Trang chính dành cho kịch bản mà quy tắc của nó đề nghị họp; các kịch bản khác có chuyển biến ở phụ lục.
      if scenario:reason() then table.insert(convened, scenario) elseif scenario:moved() then table.insert(moved, scenario) end
    end

    doc:section("Kịch bản có chuyển biến", function()
      doc:scenarios { convened }
      if #moved > 0 then doc:text("Có {} kịch bản có chuyển biến nhưng chưa tới mức đề nghị họp, ghi ở phụ lục.", #moved) end
      local leaving = {}
      for _, scenario in ipairs(s:scenarios()) do
        if scenario:is("stand-down") and not scenario:reason() then table.insert(leaving, scenario:title()) end
      end
      if #leaving > 0 then doc:text("Đang rút, không còn con số nào ở mức cảnh báo, chờ xác nhận trở lại bình thường: {}.", table.concat(leaving, "; ")) end
      -- Hình của hai chuyện xấu nhất; các hình khác ở báo cáo của từng kịch bản.
      for _, x in ipairs(s:take(2, alerts)) do doc:line { x, threshold = true } end
    end)

    doc:section("Đã trở lại bình thường", function() doc:ended { s:scenarios() } end)
    doc:section("Nội dung đề nghị quyết định", function() doc:decisions() end)
    local t = s:tasks()
    doc:section("Nhiệm vụ của kế hoạch chậm hoặc sắp đến hạn", function()
      if t.late + t.soon == 0 then return end
      doc:text("{} nhiệm vụ chậm theo báo cáo của cơ quan chủ trì, {} đến hạn trong ba mươi ngày. Danh mục đầy đủ ở báo cáo nhiệm vụ.", t.late, t.soon)
      doc:tasks { state = { "late", "soon" }, brief = true, limit = 6, title = "Nhiệm vụ chậm, sắp đến hạn" }
    end)
    doc:section("Số liệu còn thiếu", function() doc:gaps { limit = 0 } end)

    doc:annex("Các chỉ số từ mức theo dõi trở lên", function()
      doc:table { watch, title = "Chỉ số từ mức theo dõi trở lên, nặng nhất trước",
                  columns = { "value", "previous", "same_period", "target", "state", "period", "owner" } }
      doc:source()
    end)
    doc:annex("Kịch bản có chuyển biến, chưa đề nghị họp", function() doc:scenarios { moved } end)
    doc:annex("Chất lượng số liệu trong ngày", function() doc:gaps { limit = 60, agencies = true, summary = false } end)
  end,
}
