-- Du lịch: khách có đến như kế hoạch không, điểm nào quá tải, khách phàn nàn điều gì.
local closing = use "closing"

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
    watch     = { who = gb.lead, does = "thông báo tình trạng phòng, bãi đỗ xe, hướng dẫn khách sang điểm còn chỗ", within = gb.hours(6) },
    warning   = { { who = gb.lead, does = "kiểm tra giá, vệ sinh, an toàn tại điểm có phản ánh", within = gb.days(1) },
                  { who = gb.commune_committees, does = "bố trí lực lượng điều tiết, xử lý nâng ép giá", within = gb.days(1), with = gb.agency("cong-an") } },
    danger    = { { who = gb.lead, does = "tạm dừng nhận khách tại điểm quá tải, phân luồng khách", within = gb.hours(3) },
                  { who = gb.chair, does = "chỉ đạo xử lý cơ sở vi phạm, công khai kết quả", within = gb.days(2) } },
    emergency = { who = gb.chair, does = "quyết định đóng điểm du lịch, tổ chức sơ tán, bảo đảm an toàn cho du khách", within = gb.hours(2) },
  },

  decide = {
    "Điểm du lịch phải giới hạn khách và phương án phân luồng.",
    "Cơ sở vi phạm giá, chất lượng bị xử lý, công khai.",
  },

  body = function(doc, s)
    local visitors = s["to.visitors"]

    doc:section("Khách có đến như kế hoạch không", function()
      doc:finding { visitors, visitors:same_period(), visitors:ytd(), visitors:target() }
      doc:line { visitors, last_year = true, forecast = true }
      doc:table { s:list { "to.visitors", "to.visitors_intl", "her.visitors", "to.revenue" }, title = "Lượt khách và tổng thu",
                  columns = { "value", "ytd", "ytd_change", "attainment", "expected", "needed", "chance", "period" } }
    end)

    doc:section("Điểm nào quá tải", function()
      doc:bars { s["to.crowd_ratio"], by = "point", worst = 10 }
      doc:table { s:list { "to.rooms", "to.room_rate", "to.operators", "to.overload_sites" },
                  title = "Phòng lưu trú, doanh nghiệp lữ hành và điểm quá tải", columns = { "value", "previous", "threshold", "state", "period" } }
    end)

    doc:section("Khách phàn nàn điều gì", function()
      doc:table { s:list { "to.complaints", "to.complaints_done_rate", "to.price_cases" }, title = "Phản ánh của du khách và vi phạm giá",
                  columns = { "value", "previous", "same_period", "state", "spark" } }
    end)

    doc:section("Khách tìm đến và mua vé thế nào", function()
      doc:table { s:list { "to.promo_reach", "her.eticket_rate" }, title = "Quảng bá trên mạng và vé điện tử", columns = { "value", "previous", "same_period", "period", "spark" } }
    end)

    doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
