-- Di sản và du lịch thông minh: di tích nào đang xuống cấp, số hóa đến đâu, khách đến di tích bằng vé điện tử được chưa.
local group = use "group"

return gb.group {
  code      = "ig-heritage-smart-tourism",
  audiences = { "leadership", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local decay, digital, ticket, came = s["her.degraded"], s["her.digitised_rate"], s["her.eticket_rate"], s["her.visitors"]

    doc:section("Di tích nào đang xuống cấp", function()
      doc:finding { decay, decay:change() }
      doc:table { s:communes():worst(12, decay), title = "Các xã, phường có nhiều di tích xuống cấp nhất", columns = { decay, s["her.sites"], digital } }
      doc:map { decay, by = "commune" }
    end)

    doc:section("Số hóa đến đâu", function()
      doc:finding { digital, digital:change(), ticket, ticket:change() }
      doc:line { ticket, target = true, threshold = true }
      doc:bars { digital, by = "commune", worst = 10 }
    end)

    doc:section("Khách đến và nguồn thu", function()
      doc:finding { came, came:same_period(), s["to.revenue"], s["to.revenue"]:against_pace() }
      doc:line { came, last_year = true }
      doc:bars { came, by = "commune", best = 10 }
    end)

    doc:section("Phục vụ khách", function()
      doc:table { s:list { "to.overload_sites", "to.complaints_done_rate", "to.promo_reach" }, title = "Quá tải, phản ánh, quảng bá",
                  columns = { "value", "previous", "target", "state", "period" } }
    end)

    group.closing(doc, s)
  end,
}
