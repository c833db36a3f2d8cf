-- Doanh nghiệp: số vào có bù được số ra không, ra nhiều ở đâu, cần gỡ điều gì.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "enterprise-management",
  rhythm = "monthly",
  watch  = { "ent.new", "ent.new_capital", "ent.returned", "ent.suspended", "ent.waiting", "ent.dissolved", "ent.active", "ent.survival_rate", "ent.budget_rate",
             "ent.per_1000", "ent.digital", "ent.sustainable_rate", "pci.score" },

  trigger = function(now)
    if now["ent.suspended"]:state() >= gb.danger or now["ent.dissolved"]:state() >= gb.danger then return "Doanh nghiệp rời thị trường tăng cao" end
    if now["ent.new"]:lasting(gb.warning) >= 3 then return "Doanh nghiệp thành lập mới thấp ba tháng liên tiếp" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "khảo sát nhanh lý do tạm ngừng của doanh nghiệp", within = gb.days(10) },
    warning   = { { who = gb.lead, does = "tổ chức gặp gỡ doanh nghiệp, phân loại khó khăn, báo cáo", within = gb.days(7) },
                  { who = gb.agency("thue"), does = "rà soát gia hạn, hoàn thuế cho doanh nghiệp gặp khó", within = gb.days(10), with = gb.lead } },
    danger    = { { who = gb.chair, does = "đối thoại với doanh nghiệp, giao đầu mối gỡ từng nhóm vướng mắc", within = gb.days(7) },
                  { who = gb.lead, does = "trình chính sách hỗ trợ ngắn hạn", within = gb.days(10) } },
    emergency = { who = gb.chair, does = "báo cáo cấp ủy, quyết định gói hỗ trợ và cải cách thủ tục cấp bách", within = gb.days(3) },
  },

  decide = {
    "Nhóm vướng mắc giao từng cơ quan gỡ và thời hạn.",
    "Chính sách hỗ trợ doanh nghiệp quay lại thị trường.",
  },

  body = function(doc, s)
    local new, suspended, gone, active = s["ent.new"], s["ent.suspended"], s["ent.dissolved"], s["ent.active"]

    doc:section("Số vào có bù được số ra không", function()
      answer.say(doc, s, { { new, "Trong {} có {} thành lập mới", new:period(), new }, { s["ent.returned"], "{} quay lại", s["ent.returned"] }, { suspended, "{} tạm ngừng", suspended },
                           { gone, "{} giải thể", gone }, { active, "đang hoạt động {}", active } })
      doc:stacked { { new, s["ent.returned"] }, by = "period", periods = 7, title = "Vào: thành lập mới và quay lại hoạt động" }
      doc:stacked { { suspended, s["ent.waiting"], gone }, by = "period", periods = 7, title = "Ra: tạm ngừng, chờ giải thể, giải thể" }
    end)

    doc:section("Ra nhiều ở đâu", function()
      doc:map { suspended, by = "commune" }
      doc:heat { { suspended, gone, new, active }, by = "commune", worst = 6 }
    end)

    doc:section("Kế hoạch năm, chất lượng doanh nghiệp", function()
      doc:table { s:list { "ent.new", "ent.new_capital", "ent.suspended", "ent.dissolved" }, title = "So cùng kỳ và lũy kế", columns = { "previous", "same_period", "ytd", "ytd_change" } }
      doc:table { s:list { "ent.per_1000", "ent.survival_rate", "ent.budget_rate", "ent.digital", "ent.sustainable_rate", "pci.score" },
                  title = "Duy trì, đóng góp, năng lực cạnh tranh", columns = { "value", "same_period", "state", "period" } }
      doc:missed { s:watch() }
    end)

    closing.meeting(doc, s)
  end,
}
