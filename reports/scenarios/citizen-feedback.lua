-- Phản ánh, kiến nghị: dân hỏi có được trả lời đúng hạn không, nơi nào nợ nhiều.
-- Chỉ dùng số đếm và tỷ lệ; không có tên, số điện thoại hay lời của người phản ánh: ghi chú của bản giao nộp không vào tài liệu nào.
local closing = use "closing"

return gb.scenario {
  code      = "citizen-feedback",
  audiences = { "leadership", "front" },
  rhythm    = "weekly",
  watch     = { "fb.ontime_rate", "fb.overdue_open", "fb.received", "fb.resolved", "fb.avg_days", "fb.satisfied_rate", "fb.hot_communes",
                "fb.per_10k", "fb.env_share", "sup.recommend", "sup.recommend_answered" },

  trigger = function(now)
    if now["fb.overdue_open"]:state() >= gb.danger then return "Phản ánh quá hạn chưa trả lời ở mức nguy hiểm" end
    if now["fb.hot_communes"]:state() >= gb.warning then return "Nhiều xã, phường có phản ánh tăng đột biến" end
    if now["fb.ontime_rate"]:lasting(gb.warning) >= 7 then return "Tỷ lệ xử lý đúng hạn thấp suốt một tuần" end
  end,

  actions = {
    watch     = { who = gb.office, does = "nhắc từng cơ quan, đơn vị có phản ánh sắp hết hạn", within = gb.days(2), about = { "fb.overdue_open", "fb.ontime_rate" } },
    warning   = { { who = gb.commune_committees, does = "trả lời dứt điểm phản ánh quá hạn, công khai kết quả", within = gb.days(3),
                    about = { "fb.overdue_open", "fb.ontime_rate" }, with = gb.office },
                  { who = gb.office, does = "lập danh sách đơn vị nợ phản ánh, báo cáo tại giao ban", within = gb.days(2),
                    about = { "fb.overdue_open", "fb.ontime_rate", "fb.avg_days" } } },
    danger    = { { who = gb.office, does = "tổ chức kiểm tra đột xuất đơn vị nợ nhiều nhất", within = gb.days(5), about = { "fb.overdue_open", "fb.ontime_rate" } },
                  { who = gb.chair, does = "phê bình người đứng đầu đơn vị để quá hạn kéo dài, giao thời hạn cuối", within = gb.days(3),
                    about = { "fb.overdue_open", "fb.ontime_rate" } } },
    emergency = { who = gb.chair, does = "trực tiếp đối thoại với nhân dân tại địa bàn có phản ánh bức xúc kéo dài", within = gb.days(3) },
  },

  decide = {
    "Thời hạn cuối để trả lời số phản ánh quá hạn và người chịu trách nhiệm.",
    "Vấn đề được phản ánh nhiều nhất: giao một cơ quan xử lý từ gốc.",
  },

  body = function(doc, s)
    local ontime, overdue = s["fb.ontime_rate"], s["fb.overdue_open"]

    doc:section("Dân hỏi có được trả lời đúng hạn không", function()
      doc:finding { ontime, ontime:change(), ontime:same_period() }
      doc:figures { s:list { "fb.received", "fb.resolved", "fb.resolved_ontime", "fb.ontime_rate", "fb.avg_days", "fb.satisfied_rate" } }
      doc:line { ontime, threshold = true }
    end)

    doc:section("Nơi nào còn nợ", function()
      doc:finding { overdue, overdue:change() }
      doc:bars { overdue, by = "commune", worst = 10 }
      doc:map { overdue, by = "commune" }
      doc:table { s:communes():worst(15, ontime), title = "Các xã, phường xử lý đúng hạn thấp nhất",
                  columns = { ontime, overdue, s["fb.received"], s["fb.avg_days"], "rank" } }
    end)

    doc:section("Dân nói về điều gì, có hài lòng không", function()
      doc:table { s:list { "fb.env_share", "fb.satisfied_rate", "sat.surveys", "sat.satisfied_rate", "fb.hot_communes", "sup.recommend", "sup.recommend_answered" },
                  title = "Nội dung, mức độ hài lòng và kiến nghị sau giám sát", columns = { "value", "previous", "same_period", "state", "period" } }
      doc:missed { s:watch(), title = "Chỉ tiêu chưa đạt" }
    end)

    doc:section("Quá hạn kéo dài bao lâu", function()
      doc:events { { ontime, overdue }, days = 90, limit = 10, title = "Các lần đúng hạn thấp, nợ nhiều trong 90 ngày" }
    end)

    closing.meeting(doc, s)
  end,
}
