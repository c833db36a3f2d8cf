-- Đầu tư công: vốn ra có kịp năm không, dự án vướng ở đâu, xã nào chậm.
local group = use "group"

return gb.group {
  code      = "ig-public-investment",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local rate, gap = s["inv.disbursement_rate"], s["kproj.schedule_gap"]

    doc:section("Vốn có ra kịp năm không", function()
      doc:finding { rate, rate:against_pace(), rate:same_period() }
      doc:figures { s:list { "inv.plan_total", "inv.disbursed_cum", "inv.ntp_disbursement" } }
      doc:line { rate, pace = true, last_year = true }
    end)

    doc:section("Dự án vướng ở đâu", function()
      doc:finding { gap, gap:change() }
      doc:table { s:list { "inv.projects_slow", "inv.land_rate", "inv.bottlenecks_open", "kproj.progress", "kproj.schedule_gap" },
                  title = "Dự án, mặt bằng và vướng mắc", columns = { "value", "previous", "target", "state", "period", "spark" } }
    end)

    doc:section("Xã, phường nào chậm", function()
      doc:bars { rate, by = "commune", worst = 12 }
      doc:contributions { s["inv.disbursed_cum"], worst = 8, title = "Tiền giải ngân thêm trong kỳ ở đâu" }
      doc:table { s:communes():worst(12, s["inv.land_rate"]), title = "Các xã, phường giải phóng mặt bằng chậm nhất",
                  columns = { s["inv.land_rate"], rate, s["inv.projects_slow"] } }
    end)

    group.closing(doc, s)
  end,
}
