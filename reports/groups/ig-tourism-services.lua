-- Du lịch, dịch vụ: khách và doanh thu có theo kế hoạch không, phòng có kín không, nơi nào quá tải, khách phàn nàn gì.
local group = use "group"

return gb.group {
  code      = "ig-tourism-services",
  audiences = { "leadership", "ioc" },
  rhythm    = "weekly",

  body = function(doc, s)
    local visitors, revenue, rooms, crowd = s["to.visitors"], s["to.revenue"], s["to.room_rate"], s["to.crowd_ratio"]

    doc:section("Khách và doanh thu có theo kế hoạch không", function()
      doc:finding { visitors, visitors:same_period(), visitors:against_pace(), revenue, revenue:against_pace() }
      doc:figures { s:list { "to.visitors", "to.visitors_intl", "to.revenue" } }
      doc:line { visitors, last_year = true }
      doc:line { revenue, last_year = true }
    end)

    doc:section("Khách tăng, giảm ở đâu", function()
      doc:contributions { visitors, against = "same_period", chart = true, worst = 10 }
    end)

    doc:section("Nơi nào quá tải", function()
      doc:finding { s["to.overload_sites"], s["to.overload_sites"]:level() }
      doc:table { s:points(crowd), title = "Tỷ lệ lấp đầy sức chứa theo điểm đến", columns = { "value", "previous", "threshold", "state", "period" } }
      doc:finding { rooms, rooms:change() }
      doc:bars { rooms, by = "commune", worst = 10 }
    end)

    doc:section("Khách phàn nàn gì, xử lý có kịp không", function()
      doc:finding { s["to.complaints"], s["to.complaints"]:change(), s["to.complaints_done_rate"], s["to.complaints_done_rate"]:level() }
      doc:table { s:list { "to.complaints", "to.complaints_done_rate", "to.price_cases" }, title = "Phản ánh của du khách, vi phạm giá",
                  columns = { "value", "previous", "ytd", "state", "period", "spark" } }
    end)

    doc:section("Năng lực phục vụ", function()
      doc:table { s:list { "to.rooms", "to.operators", "sx.visitors" }, title = "Phòng lưu trú, lữ hành, chợ đêm và phố đi bộ",
                  columns = { "value", "previous", "same_period", "period", "owner" } }
    end)

    group.closing(doc, s)
  end,
}
