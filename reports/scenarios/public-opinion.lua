-- Dư luận xã hội. Câu hỏi của lãnh đạo: dư luận đang nóng lên hay dịu xuống, ta trả lời có kịp không, lòng tin ra sao.
-- Chỉ dùng tỷ lệ và số tổng hợp; không nêu, không lưu người phát ngôn. Văn bản dùng nội bộ, nên chỉ dành cho lãnh đạo.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "public-opinion",
  rhythm = "weekly",
  watch  = { "op.negative_rate", "op.hot_topics", "op.response_hours", "op.trust_survey", "op.front_opinions", "fb.satisfied_rate", "papi.score",
             "dem.dialogues", "dem.dialogue_done_rate", "dem.disclosure_rate", "dem.civil_mobilisation", "sup.criticism_docs" },

  trigger = function(now)
    local negative, hot = now["op.negative_rate"], now["op.hot_topics"]
    if negative:state() >= gb.danger then return "Sắc thái tiêu cực trong dư luận tăng đến mức nguy hiểm" end
    if negative:lasting(gb.warning) >= 3 then return "Sắc thái tiêu cực trong dư luận cao ba ngày liên tiếp" end
    if hot:state() >= gb.danger then return "Nhiều chủ đề nóng cùng lúc trong dư luận" end
    if now["op.response_hours"]:state() >= gb.danger and hot:state() >= gb.watch then return "Chủ đề nóng còn mở nhưng phản hồi quá chậm" end
  end,

  actions = {
    watch     = { who = gb.owner("op.hot_topics"), does = "xác minh nội dung từng chủ đề nóng, giao cơ quan chuyên môn chuẩn bị thông tin", within = gb.hours(12),
                  about = { "op.hot_topics", "op.negative_rate", "op.response_hours" } },
    warning   = { { who = gb.office, does = "chỉ định một đầu mối trả lời cho mỗi chủ đề nóng, theo dõi giờ trả lời", within = gb.hours(6),
                    about = { "op.hot_topics", "op.negative_rate", "op.response_hours" }, with = gb.owner("op.hot_topics") },
                  { who = gb.commune_committees, does = "thông tin, giải thích trực tiếp cho người dân tại địa bàn có chủ đề nóng", within = gb.days(1),
                    about = { "op.hot_topics", "op.negative_rate" } } },
    danger    = { { who = gb.chair, does = "quyết định nội dung trả lời công khai và việc phải sửa ngay", within = gb.hours(12),
                    about = { "op.hot_topics", "op.negative_rate", "op.response_hours" } },
                  { who = gb.owner("op.hot_topics"), does = "cung cấp thông tin cho báo chí, theo dõi mức lan tỏa sau khi trả lời", within = gb.hours(12),
                    about = { "op.hot_topics", "op.negative_rate", "op.response_hours" }, with = gb.office } },
    emergency = { { who = gb.chair, does = "đối thoại với người dân tại nơi có bức xúc, báo cáo cấp ủy", within = gb.days(1), about = { "op.hot_topics", "op.negative_rate" } },
                  { who = gb.office, does = "tổng hợp dư luận, kết quả trả lời từng sáu giờ cho đến khi dịu", within = gb.hours(6),
                    about = { "op.hot_topics", "op.negative_rate" }, with = gb.owner("op.hot_topics") } },
  },

  decide = {
    "Chủ đề phải trả lời công khai, người trả lời và thời điểm.",
    "Việc có thật trong chủ đề nóng phải sửa: cơ quan nào, khi nào xong.",
    "Cơ quan chủ trì kịch bản này, nếu kế hoạch chưa giao.",
  },

  body = function(doc, s)
    local negative, hot, hours, trust = s["op.negative_rate"], s["op.hot_topics"], s["op.response_hours"], s["op.trust_survey"]

    doc:section("Dư luận đang nóng lên hay dịu xuống", function()
      answer.say(doc, s, { { negative, "Dư luận {}: {} sắc thái tiêu cực", answer.course(negative, "đang nóng lên", "đang dịu xuống", "chưa rõ chiều hướng"), negative },
                           { hot, "{} nóng đang theo dõi", hot }, { hours, "trả lời sau {}", hours } })
      doc:calendar { negative, days = 182 }
      doc:note("Sắc thái do máy phân loại nên có sai số; chỉ dùng để thấy chiều hướng chung, không dùng để đánh giá một người, một ý kiến.")
    end)

    doc:section("Trả lời có kịp không", function()
      doc:multiples { { hours }, periods = 26, title = "Thời gian phản hồi chủ đề nóng" }
    end)

    doc:section("Lòng tin và sự hài lòng", function()
      doc:table { s:list { "op.trust_survey", "fb.satisfied_rate", "dem.dialogue_done_rate", "dem.disclosure_rate", "papi.score" },
                  title = "Lòng tin, hài lòng, đối thoại, công khai", columns = { "value", "previous", "same_period", "target", "state", "period" } }
      doc:multiples { { trust, s["dem.dialogue_done_rate"], s["dem.disclosure_rate"] }, title = "Diễn biến theo quý" }
      doc:note("Kết quả điều tra là của một mẫu, chênh lệch nhỏ giữa hai kỳ chưa chắc là thay đổi thật.")
    end)

    doc:section("Nghe dân ở đâu, nơi nào hứa mà chưa làm", function()
      doc:table { s:communes():worst(5, s["dem.dialogue_done_rate"]), title = "Xã, phường làm được ít kết luận đối thoại nhất",
                  columns = { s["dem.dialogue_done_rate"], s["dem.dialogues"], s["dem.disclosure_rate"], s["fb.satisfied_rate"], s["op.front_opinions"] } }
      doc:table { s:list { "op.front_opinions", "dem.dialogues", "sup.criticism_docs", "dem.civil_mobilisation" },
                  title = "Ý kiến Mặt trận tổng hợp, đối thoại, phản biện, dân vận", columns = { "value", "previous", "same_period", "period", "owner" } }
    end)

    closing.meeting(doc, s)
  end,
}
