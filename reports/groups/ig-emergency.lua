-- Tình huống khẩn cấp: lúc này có gì nguy hiểm, nước ở đâu gần mức báo động, ai đã phải sơ tán, thiệt hại về người và công trình.
local group = use "group"

return gb.group {
  code      = "ig-emergency",
  audiences = { "leadership", "ioc" },
  rhythm    = "daily",

  body = function(doc, s)
    local risk, level = s["dis.risk_level"], s["cd.level"]
    local rivers = s:points(s:like("dis.level_*"))
    local rain = s:points(s["dis.rain_24h"])

    doc:section("Lúc này có gì nguy hiểm", function()
      doc:finding { risk, risk:level(), level, level:level() }
      doc:figures { s:list { "dis.risk_level", "cd.level", "dis.rain_24h", "fl.points", "dis.evacuated", "ep.dengue_outbreaks" } }
    end)

    doc:section("Nước ở đâu gần mức báo động", function()
      doc:table { rivers, title = "Mực nước sông, hồ, nặng nhất trước", columns = { "value", "previous", "threshold", "state", "period", "spark" } }
      doc:multiples { rivers, shared = false, threshold = true, title = "Mực nước sông, hồ" }
      doc:finding { s["dis.reservoirs_full"], s["dis.reservoirs_full"]:change() }
    end)

    doc:section("Mưa ở đâu lớn", function()
      doc:bars { s["dis.rain_24h"], by = "point", worst = 10 }
    end)

    doc:section("Thiệt hại và sơ tán", function()
      doc:table { s:list { "dis.casualties", "dis.dyke_incidents", "dis.landslides", "dis.evacuated", "fl.points" }, title = "Thiệt hại, sự cố, sơ tán (số liệu ban đầu còn được rà soát)",
                  columns = { "value", "previous", "ytd", "state", "period", "owner" } }
      doc:bars { s["dis.landslides"], by = "commune", worst = 8 }
    end)

    doc:section("Ổ dịch đang hoạt động", function()
      doc:finding { s["ep.dengue_outbreaks"], s["ep.dengue_outbreaks"]:change() }
      doc:line { s["ep.dengue_outbreaks"], threshold = true }
      doc:bars { s["ep.dengue_outbreaks"], by = "commune", worst = 8 }
    end)

    group.closing(doc, s)
  end,
}
