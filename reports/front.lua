-- Gói số liệu cho Mặt trận Tổ quốc: điều đã hứa so với kết quả, phản ánh của dân, đầu tư ở xã, và những câu nên hỏi.
return gb.report {
  code      = "front",
  type      = "BÁO CÁO",
  title     = "Số liệu phục vụ giám sát, phản biện xã hội",
  short     = "Giám sát",
  audiences = { "front" },
  rhythm    = "monthly",
  signature = false,

  body = function(doc, s)
    local rate, ontime, overdue = s["inv.disbursement_rate"], s["fb.ontime_rate"], s["fb.overdue_open"]

    doc:section("Điều đã hứa và kết quả", function()
      doc:text("Bảng dưới so số đã thực hiện với chỉ tiêu năm. Mức do máy tính theo ngưỡng của từng chỉ số, không phải đánh giá của cơ quan nào.")
      doc:table { s:with_target(), title = "Chỉ tiêu năm và kết quả đến nay", columns = { "value", "target", "attainment", "state", "period", "owner" } }
    end)

    doc:section("Dân phản ánh, chính quyền trả lời", function()
      doc:finding { ontime, ontime:change(), plain = true }
      doc:line { ontime, threshold = true }
      doc:bars { overdue, by = "commune", worst = 12 }
      doc:table { s:list { "fb.received", "fb.resolved", "fb.overdue_open", "fb.avg_days", "fb.satisfied_rate", "sup.recommend", "sup.recommend_answered" },
                  title = "Phản ánh và kiến nghị sau giám sát", columns = { "value", "previous", "same_period", "state", "period" } }
    end)

    doc:section("Đầu tư công ở cơ sở", function()
      doc:finding { rate, rate:against_pace(), plain = true }
      doc:line { rate, pace = true, last_year = true }
      doc:table { s:communes():worst(20, rate), title = "Xã, phường giải ngân thấp nhất",
                  columns = { rate, s["inv.plan_total"], s["inv.disbursed_cum"], s["inv.projects_slow"] } }
    end)

    doc:section("Những điều nên hỏi", function()
      local questions = {}
      for _, x in ipairs(s:alerts(gb.warning)) do
        if not x:target():missing() and x:lasting(gb.warning) >= 2 then
          table.insert(questions, { "{}: vì sao từ hai kỳ liên tiếp ở mức {} (kỳ này {}), khi nào khắc phục xong?", x:name(), x:level(), x })
        end
      end
      if #questions == 0 then doc:text("Không có chỉ tiêu nào ở mức cảnh báo từ hai kỳ liên tiếp.") end
      doc:list(questions)
    end)

    doc:section("Số liệu còn thiếu", function() doc:gaps { limit = 40 } end)
    doc:section("Gửi lại ý kiến", function()
      doc:text("Kiến nghị sau giám sát đề nghị gửi bằng văn bản đến cơ quan nêu ở cột cuối của bảng chỉ tiêu. Số kiến nghị và số đã được trả lời được theo dõi bằng hai chỉ số riêng.")
    end)
    doc:source()
  end,
}
