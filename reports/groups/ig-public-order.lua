-- Trật tự, an ninh: trong ngày có vụ việc gì, tội phạm tăng hay giảm, phá án đến đâu, nơi nào cần tăng cường.
local group = use "group"

return gb.group {
  code      = "ig-public-order",
  audiences = { "leadership", "ioc" },
  rhythm    = "daily",

  body = function(doc, s)
    local crimes, solved, deaths = s["po.crimes"], s["po.solve_rate"], s["ts.deaths"]

    doc:section("Trong ngày có vụ việc gì", function()
      doc:table { s:list { "fire.incidents", "ts.accidents", "ts.deaths", "po.disorder", "po.citizen_tips" }, title = "Cháy nổ, giao thông, trật tự công cộng",
                  columns = { "value", "previous", "ytd", "ytd_change", "state", "spark" } }
      doc:finding { deaths, deaths:ytd_change() }
      doc:calendar { s["ts.accidents"] }
    end)

    doc:section("Tội phạm tăng hay giảm, phá án đến đâu", function()
      doc:finding { crimes, crimes:same_period(), solved, solved:change() }
      doc:line { crimes, last_year = true }
      doc:table { s:list { "po.crimes", "po.drugs", "po.cyber", "po.solve_rate", "po.reports_rate" }, title = "Khởi tố, ma túy, lừa đảo trên mạng, kết quả giải quyết",
                  columns = { "value", "previous", "same_period", "target", "state", "period" } }
    end)

    doc:section("Nơi nào cần tăng cường", function()
      doc:bars { crimes, by = "commune", worst = 12 }
      doc:bars { s["fire.noncompliant"], by = "commune", worst = 8 }
      doc:map { crimes, by = "commune" }
    end)

    doc:section("Xã, phường an toàn", function()
      doc:finding { s["po.safe_communes"], s["po.safe_communes"]:same_period() }
      doc:finding { s["ts.violations"], s["ts.violations"]:change() }
    end)

    group.closing(doc, s)
  end,
}
