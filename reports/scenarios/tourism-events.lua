-- Sự kiện du lịch: đêm nay còn phòng không, điểm nào sắp quá tải, khách có bị ép giá, ngộ độc, cấp cứu không.
-- Chỉ cần khi có sự kiện, cao điểm. Dự báo ngắn ngày đọc từ công suất phòng.
local closing = use "closing"

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
    watch     = { who = gb.lead, does = "công bố số phòng còn trống, giới thiệu điểm lân cận còn chỗ", within = gb.hours(3) },
    warning   = { { who = gb.lead, does = "kiểm tra giá niêm yết, mở đường dây nóng, trả lời khách trong ngày", within = gb.hours(6), with = gb.commune_committees },
                  { who = gb.agency("so-y-te"), does = "kiểm tra bếp ăn, cơ sở ăn uống phục vụ sự kiện", within = gb.hours(12) } },
    danger    = { { who = gb.lead, does = "dừng bán vé, dừng nhận khách ở điểm vượt sức chứa, huy động chỗ nghỉ tạm", within = gb.hours(2), with = gb.agency("cong-an") },
                  { who = gb.chair, does = "chỉ đạo xử lý ngay cơ sở ép giá, mất an toàn; công khai kết quả", within = gb.hours(12) } },
    emergency = { who = gb.chair, does = "quyết định dừng sự kiện, bảo đảm cấp cứu và đưa khách đến nơi an toàn", within = gb.hours(1), with = gb.agency("cong-an") },
  },

  decide = {
    "Giới hạn khách tại điểm quá tải và phương án chỗ nghỉ.",
    "Cơ sở vi phạm giá, an toàn thực phẩm bị xử lý, công khai.",
    "Bổ sung thu gom rác, vệ sinh, y tế trong những ngày còn lại.",
  },

  body = function(doc, s)
    local rooms = s["to.room_rate"]

    doc:section("Đêm nay còn phòng không", function()
      doc:finding { rooms, rooms:change(), rooms:same_period() }
      doc:line { rooms, threshold = true, forecast = true, periods = 30 }
      doc:bars { rooms, by = "commune", worst = 10 }
    end)

    doc:section("Điểm nào quá tải", function()
      doc:bars { s["to.crowd_ratio"], by = "point", worst = 10 }
      doc:map { s["to.crowd_ratio"], by = "point" }
      doc:table { { s:points(s["ev.density"]), s:points(s["ev.attendance"]) }, title = "Người tại địa điểm tổ chức sự kiện", columns = { "value", "previous", "threshold", "state", "period" } }
      doc:finding { s["to.overload_sites"], s["to.overload_sites"]:change() }
    end)

    doc:section("Khách có được phục vụ đàng hoàng không", function()
      doc:table { s:list { "to.complaints", "to.price_cases", "ep.food_poison", "sx.food_violation_rate" }, title = "Phản ánh, giá, an toàn thực phẩm",
                  columns = { "value", "previous", "same_period", "threshold", "state", "spark" } }
      doc:table { { s:points(s["ev.medical_cases"]), s:points(s["ev.waste"]) }, title = "Cấp cứu và rác tại sự kiện", columns = { "value", "threshold", "state", "period" } }
      doc:finding { s["to.visitors"], s["to.visitors"]:same_period(), s["to.visitors"]:target() }
      doc:missed { s:watch() }
    end)

    closing.meeting(doc, s)
  end,
}
