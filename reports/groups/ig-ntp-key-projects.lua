-- Chương trình mục tiêu quốc gia và dự án quan trọng: tiền và khối lượng có theo kịp tiến độ không, vướng gì, dân được gì.
local group = use "group"

return gb.group {
  code      = "ig-ntp-key-projects",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local ntp, gap, land, houses = s["inv.ntp_disbursement"], s["kproj.schedule_gap"], s["inv.land_rate"], s["soc.housing_done"]

    doc:section("Chương trình mục tiêu quốc gia có giải ngân kịp không", function()
      doc:finding { ntp, ntp:against_pace(), ntp:same_period() }
      doc:line { ntp, pace = true, last_year = true }
    end)

    doc:section("Dự án trọng điểm nhanh hay chậm so với tiến độ", function()
      doc:finding { gap, gap:change(), s["kproj.progress"], s["kproj.progress"]:change() }
      doc:line { gap, threshold = true }
    end)

    doc:section("Vướng ở khâu nào", function()
      doc:finding { land, land:change() }
      doc:table { s:list { "inv.projects_slow", "inv.land_rate", "inv.bottlenecks_open", "kproj.conclusions_rate", "kproj.safety_events", "kproj.inspections_online" },
                  title = "Dự án chậm, mặt bằng, kết luận kiểm tra, an toàn lao động", columns = { "value", "previous", "target", "state", "period" } }
      doc:bars { land, by = "commune", worst = 12 }
    end)

    doc:section("Người dân được gì", function()
      doc:finding { houses, houses:same_period(), s["prog.ntm_communes"], s["prog.ntm_communes"]:change() }
      doc:bars { houses, by = "commune", best = 10 }
    end)

    group.closing(doc, s)
  end,
}
