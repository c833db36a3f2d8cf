-- Chợ đêm, phố đi bộ: có khách và doanh thu không, có giữ cam kết với dân không (lấn chiếm, ồn, vệ sinh, thực phẩm).
local answer, closing = use "answer", use "closing"

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
    warning   = { { who = gb.commune_committees, does = "kiểm tra từng gian hàng, xử lý lấn chiếm, mở loa quá giờ", within = gb.days(2),
                    about = { "sx.violations", "sx.noise" }, with = gb.agency("cong-an") },
                  { who = gb.lead, does = "đối chiếu hoạt động thực tế với đề án, quy chế được duyệt", within = gb.days(5),
                    about = { "sx.commitment_rate", "sx.approved_rate" } } },
    danger    = { { who = gb.lead, does = "tạm dừng cơ sở vi phạm nhiều lần, yêu cầu đơn vị tổ chức khắc phục", within = gb.days(2),
                    about = { "sx.violations", "sx.noise", "sx.commitment_rate", "sx.food_violation_rate" }, with = gb.agency("so-y-te") },
                  { who = gb.chair, does = "giao thời hạn hoàn thiện đề án, quy chế cho mô hình chưa được duyệt", within = gb.days(7), about = { "sx.approved_rate" } } },
    emergency = { who = gb.chair, does = "quyết định dừng mô hình, bảo đảm an toàn cho khách và người dân quanh khu vực", within = gb.hours(12),
                  about = { "sx.violations", "sx.food_violation_rate" } },
  },

  decide = {
    "Mô hình được tiếp tục, mở rộng hay thu hẹp phạm vi, giờ hoạt động.",
    "Cơ sở, đơn vị tổ chức bị xử lý vì không giữ cam kết.",
  },

  body = function(doc, s)
    local visitors, revenue, broken = s["sx.visitors"], s["sx.revenue"], s["sx.violations"]
    local noise = s:points(s["sx.noise"])

    doc:section("Có khách, có doanh thu, có giữ cam kết không", function()
      local said = { { visitors, "Ngày {} có {} khách", visitors:period(), visitors }, { revenue, "doanh thu ước {}", revenue },
                     { broken, "{} vi phạm lấn chiếm, trật tự, vệ sinh", broken } }
      for _, place in ipairs(s:take(1, noise)) do table.insert(said, { place, "ồn nhất ban đêm {} tại {}", place, place:region() }) end
      answer.say(doc, s, said)
      doc:calendar { visitors, days = 182 }
      doc:multiples { { visitors, revenue, s["sx.stalls"], broken }, periods = 60 }
      doc:finding { s["sx.places"], s["sx.places"]:same_period(), plain = true }
    end)

    doc:section("Nơi nào không giữ cam kết với người dân", function()
      doc:map { broken, by = "commune" }
      doc:heat { { s["sx.commitment_rate"], s["sx.food_violation_rate"], s["sx.approved_rate"] }, by = "commune", worst = 8 }
      doc:multiples { noise, periods = 48, shared = true }
      doc:note("Ngưỡng ồn lấy theo QCVN 26:2010/BTNMT trong khi chờ đối chiếu với QCVN 26:2025/BNNMT.")
    end)

    doc:section("Mục tiêu chưa đạt", function() doc:missed { s:watch() } end)

    doc:section("Doanh thu ở đâu", function()
      doc:bars { revenue, by = "commune", best = 6 }
    end)

    closing.meeting(doc, s)
  end,
}
