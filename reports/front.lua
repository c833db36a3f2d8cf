-- Gói số liệu cho Mặt trận Tổ quốc: điều đã hứa so với kết quả, phản ánh của dân, đầu tư ở xã, và những câu nên hỏi. Bảng đầy đủ ở phụ lục.
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
    local promised = s:with_target()
    local low = s:alerts(gb.warning, promised)

    -- Chỉ tiêu đạt: từ kế hoạch trở lên với chỉ tiêu càng cao càng tốt; chỉ tiêu khác xét theo mức.
    local good, watched, old = 0, #s:alerts(gb.watch, promised) - #low, 0
    for _, x in ipairs(promised) do
      if x:overdue() then old = old + 1
      elseif x:level() == gb.good then good = good + 1 end
    end

    doc:section("Điều đã hứa và kết quả", function()
      if #promised > 0 then
        doc:text("Trong {} chỉ tiêu có kế hoạch năm: {} ở mức tốt, {} cần theo dõi, {} ở mức cảnh báo trở lên, {} có số liệu quá hạn, {} không đánh giá mức.",
                 #promised, good, watched, #low, old, #promised - good - watched - #low - old)
      end
      doc:table { s:take(12, low), title = "Các chỉ tiêu xa kết quả đã hứa nhất", columns = { "value", "target", "state", "period", "owner" } }
      doc:note("Mức do máy tính theo ngưỡng của từng chỉ số, không phải đánh giá của cơ quan nào. Bảng đầy đủ ở phụ lục.")
    end)

    -- Nhiệm vụ của kế hoạch cũng là điều đã hứa: cơ quan nào chậm theo báo cáo của chính mình.
    local t = s:tasks()
    doc:section("Nhiệm vụ của kế hoạch", function()
      if not t.told then return end
      doc:text("Trong {} nhiệm vụ của kế hoạch: {} hoàn thành đúng hạn, {} hoàn thành muộn, {} chậm, {} chưa có báo cáo nào.",
               t.total, t.done, t.done_late, t.late, t.no_status)
      doc:tasks { state = "late", by = "lead", title = "Nhiệm vụ chậm theo cơ quan chủ trì" }
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
      doc:table { s:communes():worst(15, rate), title = "Xã, phường giải ngân thấp nhất",
                  columns = { rate, s["inv.plan_total"], s["inv.disbursed_cum"], s["inv.projects_slow"] } }
    end)

    doc:section("Những điều nên hỏi", function()
      local questions, more = {}, 0
      for _, x in ipairs(low) do
        if x:lasting(gb.warning) >= 2 then
          if #questions < 8 then
            table.insert(questions, { "{}: kỳ này {}, đã từ hai kỳ liền ở mức {}. Vì sao, và khi nào khắc phục xong?", x:name(), x, x:level() })
          else
            more = more + 1
          end
        end
      end
      if #questions == 0 and good + watched + #low > 0 then doc:text("Không có chỉ tiêu nào ở mức cảnh báo từ hai kỳ liền.") end
      doc:list(questions)
      if more > 0 then doc:note("Còn {} chỉ tiêu khác ở mức cảnh báo từ hai kỳ liền, xem phụ lục.", more) end
    end)

    doc:section("Gửi lại ý kiến", function()
      doc:text("Kiến nghị sau giám sát đề nghị gửi bằng văn bản đến cơ quan ghi ở cột cuối của bảng chỉ tiêu. Số kiến nghị và số đã được trả lời được theo dõi bằng hai chỉ số riêng.")
    end)

    doc:annex("Chỉ tiêu năm và kết quả đến nay", function()
      doc:table { promised, title = "Chỉ tiêu năm và kết quả đến nay, theo lĩnh vực", by = "sector",
                  columns = { "value", "target", "state", "period", "owner" } }
      doc:source()
    end)
    doc:annex("Nhiệm vụ theo cơ quan chủ trì", function()
      if t.told then doc:tasks { by = "lead", summary = true, title = "Số nhiệm vụ theo cơ quan chủ trì và tình trạng" } end
    end)
    doc:annex("Số liệu còn thiếu", function() doc:gaps { limit = 60 } end)
  end,
}
