-- Trật tự xây dựng: vi phạm ở đâu, xử lý dứt điểm đến đâu, cấp phép cho dân có đúng hạn không.
local group = use "group"

return gb.group {
  code      = "ig-construction-order",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local bad, rate, none, handled, permits = s["co.violations"], s["co.violation_rate"], s["co.no_permit"], s["co.handled_rate"], s["co.permits_ontime"]

    doc:section("Vi phạm ở đâu", function()
      doc:finding { bad, bad:same_period(), rate, rate:change() }
      doc:bars { bad, by = "commune", worst = 12 }
      doc:finding { none, none:change(), s["co.hotspots"], s["co.hotspots"]:level() }
      doc:map { bad, by = "commune" }
    end)

    doc:section("Xử lý dứt điểm đến đâu", function()
      doc:finding { handled, handled:change() }
      doc:line { handled, threshold = true }
      doc:table { s:communes():worst(12, handled), title = "Các xã, phường xử lý dứt điểm thấp nhất", columns = { handled, bad, none, s["co.inspected"] } }
    end)

    doc:section("Cấp phép cho dân có đúng hạn không", function()
      doc:finding { permits, permits:change(), s["co.permits"], s["co.permits"]:same_period() }
      doc:bars { permits, by = "commune", worst = 10 }
    end)

    group.closing(doc, s)
  end,
}
