-- Sự kiện du lịch: đêm nay còn phòng không, điểm nào sắp quá tải, khách có bị ép giá, ngộ độc, cấp cứu không.
-- Chỉ cần khi có sự kiện, cao điểm. Dự báo ngắn ngày đọc từ công suất phòng.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "tourism-events",
  rhythm = "daily",
  watch  = { "to.room_rate", "to.crowd_ratio", "to.overload_sites", "to.price_cases", "to.complaints", "ep.food_poison", "sx.food_violation_rate",
             "ev.attendance", "ev.density", "ev.medical_cases", "ev.waste", "to.visitors" },

  trigger = function(now)
    if now["to.room_rate"]:state() >= gb.warning then return "Phòng lưu trú gần kín" end
    if now["to.overload_sites"]:state() >= gb.warning then return "Nhiều điểm du lịch quá tải cùng lúc" end
    if now["to.price_cases"]:state() >= gb.warning then return "Nhiều vụ vi phạm giá, chất lượng dịch vụ du lịch" end
    if now["ep.food_poison"]:state() >= gb.warning then return "Có ngộ độc thực phẩm nhiều người mắc" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "công bố số phòng còn trống, giới thiệu điểm lân cận còn chỗ", within = gb.hours(3),
                  about = { "to.room_rate", "to.crowd_ratio", "to.overload_sites" } },
    warning   = { { who = gb.lead, does = "kiểm tra giá niêm yết, mở đường dây nóng, trả lời khách trong ngày", within = gb.hours(6),
                    about = { "to.price_cases", "to.complaints" }, with = gb.commune_committees },
                  { who = gb.agency("so-y-te"), does = "kiểm tra bếp ăn, cơ sở ăn uống phục vụ sự kiện", within = gb.hours(12),
                    about = { "ep.food_poison", "sx.food_violation_rate" } } },
    danger    = { { who = gb.lead, does = "dừng bán vé, dừng nhận khách ở điểm vượt sức chứa, huy động chỗ nghỉ tạm", within = gb.hours(2),
                    about = { "to.crowd_ratio", "to.overload_sites", "to.room_rate", "ev.density" }, with = gb.agency("cong-an") },
                  { who = gb.chair, does = "chỉ đạo xử lý ngay cơ sở ép giá, mất an toàn; công khai kết quả", within = gb.hours(12),
                    about = { "to.price_cases", "ep.food_poison" } } },
    emergency = { who = gb.chair, does = "quyết định dừng sự kiện, bảo đảm cấp cứu và đưa khách đến nơi an toàn", within = gb.hours(1),
                  about = { "ev.density", "ev.medical_cases", "ep.food_poison", "to.crowd_ratio" }, with = gb.agency("cong-an") },
  },

  decide = {
    "Giới hạn khách tại điểm quá tải và phương án chỗ nghỉ.",
    "Cơ sở vi phạm giá, an toàn thực phẩm bị xử lý, công khai.",
    "Bổ sung thu gom rác, vệ sinh, y tế trong những ngày còn lại.",
  },

  body = function(doc, s)
    local rooms, crowd = s["to.room_rate"], s:points(s["to.crowd_ratio"])
    local unhappy, price = s["to.complaints"], s["to.price_cases"]

    doc:section("Đêm nay còn phòng không, điểm nào sắp quá tải", function()
      local said = { { rooms, "Ngày {} phòng lưu trú đã dùng {}", rooms:period(), rooms } }
      for _, site in ipairs(s:take(1, crowd)) do table.insert(said, { site, "{} đông nhất, đầy {} sức chứa", site:region(), site }) end
      table.insert(said, { unhappy, "{} của du khách", unhappy })
      table.insert(said, { price, "{} vi phạm giá, chất lượng", price })
      answer.say(doc, s, said)
      doc:line { rooms, threshold = true, forecast = true, periods = 30 }
      doc:bars { s["to.crowd_ratio"], by = "point", worst = 8 }
    end)

    doc:section("Phòng kín ở đâu, quanh điểm đông có gì", function()
      doc:map { rooms, by = "commune" }
      doc:radius { s["to.crowd_ratio"], km = 5, worst = 2 }
    end)

    doc:section("Người tại địa điểm sự kiện", function()
      doc:heat { { s["ev.density"], s["ev.attendance"], s["ev.medical_cases"], s["ev.waste"] }, by = "point", worst = 8 }
    end)

    doc:section("Khách có được phục vụ đàng hoàng không", function()
      doc:table { s:list { "to.complaints", "to.price_cases", "ep.food_poison", "sx.food_violation_rate", "to.overload_sites", "to.visitors" },
                  title = "Phản ánh, giá, an toàn thực phẩm, lượng khách", columns = { "previous", "same_period", "state", "period", "spark" } }
      doc:missed { s:watch() }
    end)

    closing.meeting(doc, s)
  end,
}
