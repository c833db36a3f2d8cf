-- Chợ đêm, phố đi bộ: có khách và doanh thu không, có giữ cam kết với dân không (lấn chiếm, ồn, vệ sinh, thực phẩm).
local closing = use "closing"

return gb.scenario {
  code   = "special-economic-models",
  rhythm = "weekly",
  watch  = { "sx.visitors", "sx.revenue", "sx.violations", "sx.noise", "sx.commitment_rate", "sx.food_violation_rate", "sx.approved_rate", "sx.stalls", "sx.places" },

  trigger = function(now)
    if now["sx.violations"]:state() >= gb.danger then return "Nhiều vi phạm lấn chiếm, trật tự, vệ sinh tại chợ đêm, phố đi bộ" end
    if now["sx.food_violation_rate"]:state() >= gb.danger then return "Tỷ lệ cơ sở vi phạm an toàn thực phẩm cao" end
    for _, place in ipairs(now:points(now["sx.noise"])) do
      if place:lasting(gb.danger) >= 3 then return place:region():name() .. ": ồn ban đêm vượt ngưỡng kéo dài" end
    end
  end,

  actions = {
    watch     = { who = gb.commune_committees, does = "nhắc đơn vị tổ chức giữ phạm vi, giờ hoạt động và vệ sinh đã cam kết", within = gb.days(1) },
    warning   = { { who = gb.commune_committees, does = "kiểm tra từng gian hàng, xử lý lấn chiếm, mở loa quá giờ", within = gb.days(2), with = gb.agency("cong-an") },
                  { who = gb.lead, does = "đối chiếu hoạt động thực tế với đề án, quy chế được duyệt", within = gb.days(5) } },
    danger    = { { who = gb.lead, does = "tạm dừng cơ sở vi phạm nhiều lần, yêu cầu đơn vị tổ chức khắc phục", within = gb.days(2), with = gb.agency("so-y-te") },
                  { who = gb.chair, does = "giao thời hạn hoàn thiện đề án, quy chế cho mô hình chưa được duyệt", within = gb.days(7) } },
    emergency = { who = gb.chair, does = "quyết định dừng mô hình, bảo đảm an toàn cho khách và người dân quanh khu vực", within = gb.hours(12) },
  },

  decide = {
    "Mô hình được tiếp tục, mở rộng hay thu hẹp phạm vi, giờ hoạt động.",
    "Cơ sở, đơn vị tổ chức bị xử lý vì không giữ cam kết.",
  },

  body = function(doc, s)
    local visitors, revenue = s["sx.visitors"], s["sx.revenue"]

    doc:section("Có khách, có doanh thu không", function()
      doc:finding { visitors, visitors:change(), visitors:same_period() }
      doc:finding { revenue, revenue:change() }
      doc:calendar { visitors, days = 91 }
      doc:figures { s:list { "sx.places", "sx.stalls", "sx.visitors", "sx.revenue" } }
      doc:bars { revenue, by = "commune", best = 8 }
    end)

    doc:section("Có giữ cam kết với người dân không", function()
      doc:finding { s["sx.violations"], s["sx.violations"]:change() }
      doc:heat { { s["sx.violations"], s["sx.commitment_rate"], s["sx.food_violation_rate"], s["sx.approved_rate"] }, by = "commune", worst = 10 }
      doc:table { s:points(s["sx.noise"]), title = "Mức ồn ban đêm theo điểm đo", columns = { "value", "previous", "threshold", "state", "period" } }
      doc:map { s["sx.violations"], by = "commune" }
      doc:note("Ngưỡng ồn lấy theo QCVN 26:2010/BTNMT trong khi chờ đối chiếu với QCVN 26:2025/BNNMT.")
    end)

    doc:section("Quy chế, cam kết, thực phẩm", function()
      doc:table { s:list { "sx.approved_rate", "sx.commitment_rate", "sx.food_violation_rate", "sx.violations" }, title = "Tuân thủ trên toàn địa bàn",
                  columns = { "value", "previous", "target", "state", "spark" } }
      doc:missed { s:watch() }
    end)

    closing.meeting(doc, s)
  end,
}
