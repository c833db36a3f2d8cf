-- Doanh nghiệp: số vào có bù được số ra không, ra nhiều ở đâu, cần gỡ điều gì.
local closing = use "closing"

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
    local new, suspended = s["ent.new"], s["ent.suspended"]

    doc:section("Số vào có bù được số ra không", function()
      doc:finding { new, new:change(), new:same_period(), new:ytd() }
      doc:finding { suspended, suspended:change(), suspended:same_period() }
      doc:table { s:list { "ent.new", "ent.new_capital", "ent.returned", "ent.suspended", "ent.waiting", "ent.dissolved" }, title = "Doanh nghiệp gia nhập và rút lui",
                  columns = { "value", "same_period", "ytd", "ytd_change", "state", "spark" } }
      doc:line { new, last_year = true, threshold = true }
      doc:line { suspended, last_year = true, threshold = true }
    end)

    doc:section("Ra nhiều ở đâu", function()
      doc:bars { suspended, by = "commune", worst = 12 }
      doc:bars { new, by = "commune", best = 12 }
    end)

    doc:section("Chất lượng doanh nghiệp và môi trường kinh doanh", function()
      doc:table { s:list { "ent.active", "ent.per_1000", "ent.survival_rate", "ent.budget_rate", "ent.digital", "ent.sustainable_rate", "pci.score" },
                  title = "Doanh nghiệp đang hoạt động, duy trì, đóng góp", columns = { "value", "target", "same_period", "state", "period" } }
    end)

    doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
