-- Bản tin điều hành hằng ngày: việc xấu nhất trước, mỗi việc một câu đúng kèm đề nghị ai làm gì. Hai trang chính, còn lại là phụ lục.
return gb.report {
  code      = "daily",
  type      = "BÁO CÁO NHANH",
  title     = "Tình hình chỉ đạo, điều hành hằng ngày",
  short     = "Hằng ngày",
  audiences = { "leadership" },
  rhythm    = "daily",

  body = function(doc, s)
    local alerts = s:alerts(gb.warning)
    local watch  = s:alerts(gb.watch)

    doc:section("Tóm tắt điều hành", function()
      if #s:all() == 0 then
        doc:callout(gb.no_data, "Chưa có số liệu nào đến ngày {}, chưa thể đánh giá tình hình. Đề nghị các cơ quan giao nộp số liệu.", s:date())
      elseif #alerts == 0 then
        doc:callout(gb.good, "Không có chỉ số nào ở mức cảnh báo trở lên. Đề nghị các cơ quan tiếp tục theo dõi theo chế độ định kỳ.")
      end
      doc:summary { s:take(6, alerts) }
    end)

    doc:section("Chỉ số cảnh báo", function()
      doc:alerts { s:take(8, alerts), title = "Các chỉ số nặng nhất" }
      if #alerts > 8 then doc:note("Danh sách đầy đủ ở phụ lục.") end
    end)

    local moved = {}
    for _, scenario in ipairs(s:scenarios()) do
      if scenario:reason() or scenario:moved() then table.insert(moved, scenario) end
    end

    doc:section("Kịch bản có chuyển biến", function()
      local lines = {}
      for _, scenario in ipairs(moved) do
        local reason = scenario:reason()
        if reason then
          table.insert(lines, { "{} (mức {}): đề nghị xem xét họp đột xuất. Lý do: {}.", scenario:title(), scenario:state(), reason })
        else
          local worst = s:alerts(gb.warning, scenario:watch())[1]
          if worst then
            table.insert(lines, { "{}: {} là {}, ở mức {}.", scenario:title(), worst:name(), worst, worst:level() })
          else
            table.insert(lines, { "{}: có chỉ số ở mức nguy hiểm trở lên, hoặc ở mức cảnh báo và xấu đi so với kỳ trước.", scenario:title() })
          end
        end
      end
      doc:list(lines)
    end)

    doc:section("Nội dung đề nghị quyết định", function() doc:decisions() end)
    doc:section("Nhiệm vụ đến hạn trong ba mươi ngày", function() doc:tasks { due = "next", days = 30, title = "Nhiệm vụ sắp đến hạn" } end)
    doc:section("Số liệu còn thiếu", function() doc:gaps { limit = 0 } end)

    doc:annex("Diễn biến các kịch bản", function()
      for _, scenario in ipairs(moved) do
        local worst = s:take(1, s:alerts(gb.watch, scenario:watch()))
        if #worst > 0 then
          doc:section(scenario:title(), function()
            doc:finding { worst[1], worst[1]:change(), plain = true }
            doc:line { worst[1], threshold = true }
          end)
        end
      end
    end)
    doc:annex("Các chỉ số từ mức theo dõi trở lên", function()
      doc:table { watch, title = "Chỉ số từ mức theo dõi trở lên",
                  columns = { "value", "previous", "same_period", "target", "state", "period", "owner" } }
      doc:source()
    end)
    doc:annex("Chất lượng số liệu trong ngày", function() doc:gaps { limit = 60, agencies = true, summary = false } end)
  end,
}
