-- Môi trường sống: không khí, nước, rác, tiếng ồn ở nơi dân ở; khu công nghiệp có tuân thủ không.
local group = use "group"

return gb.group {
  code      = "ig-living-environment",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "weekly",

  body = function(doc, s)
    local air, dust, water, waste = s["env.vn_aqi"], s["env.pm25_24h"], s["env.wqi"], s["env.waste_rate"]

    doc:section("Không khí có trong lành không", function()
      doc:finding { air, air:level(), dust, dust:level() }
      doc:bars { air, by = "point", worst = 10 }
      doc:line { air, threshold = true }
    end)

    doc:section("Nước có sạch không", function()
      doc:finding { water, water:change(), s["env.clean_water"], s["env.clean_water"]:change() }
      doc:bars { water, by = "point", worst = 10 }
      doc:bars { s["env.clean_water"], by = "commune", worst = 10 }
    end)

    doc:section("Rác có được thu gom không", function()
      doc:finding { waste, waste:change() }
      doc:bars { waste, by = "commune", worst = 12 }
    end)

    doc:section("Tiếng ồn, ô nhiễm và tuân thủ", function()
      doc:table { s:list { "env.hot_cases", "sx.noise", "env.so2_1h", "iz.exceed_events", "iz.compliance_rate", "env.stations_rate" },
                  title = "Vụ ô nhiễm, tiếng ồn, vượt ngưỡng, tuân thủ, quan trắc", columns = { "value", "previous", "threshold", "state", "period" } }
    end)

    doc:section("Cây xanh, ánh sáng, doanh nghiệp bền vững", function()
      doc:table { s:list { "land.forest_cover", "li.street_rate", "ent.sustainable_rate" }, title = "Phát triển bền vững",
                  columns = { "value", "same_period", "target", "state", "period", "owner" } }
    end)

    group.closing(doc, s)
  end,
}
