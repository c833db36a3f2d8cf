-- Du lịch: khách có đến như kế hoạch không, điểm nào quá tải, khách phàn nàn điều gì.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "tourism-services",
  rhythm = "weekly",
  watch  = { "to.visitors", "to.visitors_intl", "to.revenue", "to.room_rate", "to.overload_sites", "to.crowd_ratio", "to.complaints", "to.complaints_done_rate", "to.price_cases" },

  trigger = function(now)
    for _, site in ipairs(now:points(now["to.crowd_ratio"])) do
      if site:state() >= gb.danger then return "Điểm du lịch vượt sức chứa" end
    end
    if now["to.complaints"]:state() >= gb.danger then return "Phản ánh của du khách tăng cao" end
    if now["to.price_cases"]:state() >= gb.danger then return "Nhiều vụ vi phạm giá, chất lượng dịch vụ du lịch" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "thông báo tình trạng phòng, bãi đỗ xe, hướng dẫn khách sang điểm còn chỗ", within = gb.hours(6),
                  about = { "to.room_rate", "to.crowd_ratio", "to.overload_sites" } },
    warning   = { { who = gb.lead, does = "kiểm tra giá, vệ sinh, an toàn tại điểm có phản ánh", within = gb.days(1), about = { "to.price_cases", "to.complaints" } },
                  { who = gb.commune_committees, does = "bố trí lực lượng điều tiết, xử lý nâng ép giá", within = gb.days(1),
                    about = { "to.overload_sites", "to.crowd_ratio", "to.price_cases" }, with = gb.agency("cong-an") } },
    danger    = { { who = gb.lead, does = "tạm dừng nhận khách tại điểm quá tải, phân luồng khách", within = gb.hours(3), about = { "to.overload_sites", "to.crowd_ratio" } },
                  { who = gb.chair, does = "chỉ đạo xử lý cơ sở vi phạm, công khai kết quả", within = gb.days(2), about = { "to.price_cases" } } },
    emergency = { who = gb.chair, does = "quyết định đóng điểm du lịch, tổ chức sơ tán, bảo đảm an toàn cho du khách", within = gb.hours(2),
                  about = { "to.overload_sites", "to.crowd_ratio" } },
  },

  decide = {
    "Điểm du lịch phải giới hạn khách và phương án phân luồng.",
    "Cơ sở vi phạm giá, chất lượng bị xử lý, công khai.",
  },

  body = function(doc, s)
    local visitors, money, rooms, unhappy = s["to.visitors"], s["to.revenue"], s["to.room_rate"], s["to.complaints"]

    doc:section("Khách có đến như kế hoạch không", function()
      answer.say(doc, s, { { visitors, "Trong {} đón {} khách, từ đầu năm {}", visitors:period(), visitors, visitors:ytd() }, { money, "tổng thu từ đầu năm {}", money:ytd() },
                           { rooms, "phòng đang dùng {}", rooms }, { unhappy, "{} của du khách trong ngày", unhappy } })
      doc:line { visitors, last_year = true, forecast = true }
      doc:table { s:list { "to.visitors", "to.visitors_intl", "to.revenue", "her.visitors" }, title = "Từ đầu năm và phần còn lại của năm",
                  columns = { "ytd_change", "attainment", "expected", "needed", "chance", "period" } }
    end)

    doc:section("Khách ở đâu, điểm nào quá tải", function()
      doc:map { rooms, by = "commune" }
      doc:bars { s["to.crowd_ratio"], by = "point", worst = 8 }
      doc:finding { s["to.overload_sites"], s["to.overload_sites"]:change() }
    end)

    doc:section("Khách phàn nàn điều gì, dịch vụ ra sao", function()
      doc:multiples { { unhappy, s["to.price_cases"] }, periods = 60 }
      doc:table { s:list { "to.complaints_done_rate", "to.rooms", "to.operators", "to.promo_reach", "her.eticket_rate" },
                  title = "Trả lời khách, phòng, lữ hành, quảng bá, vé điện tử", columns = { "value", "previous", "same_period", "state", "period" } }
      doc:missed { s:watch() }
    end)

    closing.meeting(doc, s)
  end,
}
