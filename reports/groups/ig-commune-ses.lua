-- Kế hoạch kinh tế - xã hội của xã, phường: xã nào làm tốt, xã nào cần giúp, ở việc gì. Số của xã đứng trước số của cả tỉnh.
local group = use "group"

return gb.group {
  code      = "ig-commune-ses",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local tasks, health, id, road, school = s["task.prov_ontime_rate"], s["soc.bhyt_rate"], s["dx.vneid_rate"], s["ti.good_rate"], s["ed.standard_rate"]

    doc:section("Cả địa phương", function()
      doc:table { s:list { "econ.budget_revenue_pct", "pop.total", "soc.beneficiaries", "oc.products", "po.safe_communes" }, title = "Số liệu chung",
                  columns = { "value", "same_period", "target", "state", "period" } }
    end)

    doc:section("Xã nào làm chậm việc được giao", function()
      doc:finding { tasks, tasks:change() }
      doc:table { s:communes():worst(12, tasks), title = "Các xã, phường có tỷ lệ nhiệm vụ đúng hạn thấp nhất",
                  columns = { tasks, s["task.prov_overdue"], "rank" } }
      doc:map { tasks, by = "commune" }
    end)

    doc:section("Đời sống người dân ở đâu còn thấp", function()
      doc:finding { health, health:change(), s["soc.poor_hh"], s["soc.poor_hh"]:same_period() }
      doc:bars { health, by = "commune", worst = 10 }
      doc:bars { s["soc.poor_hh"], by = "commune", worst = 10 }
    end)

    doc:section("Xã nào yếu ở nhiều mặt", function()
      doc:heat { { tasks, health, id, road, school }, by = "commune", worst = 15, title = "Việc được giao, bảo hiểm y tế, định danh điện tử, đường, trường học" }
    end)

    doc:section("Đất đai, xây dựng: nơi nào nhiều vi phạm", function()
      doc:bars { s["land.encroach"], by = "commune", worst = 8 }
      doc:bars { s["co.violations"], by = "commune", worst = 8 }
    end)

    group.closing(doc, s)
  end,
}
