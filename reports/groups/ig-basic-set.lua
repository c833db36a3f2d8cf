-- Bộ chỉ số cơ bản (Quyết định 1012/QĐ-TTg): số liệu địa phương phải cung cấp cho Chính phủ. Đã đủ và đúng hạn chưa, và nói lên điều gì.
local group = use "group"

return gb.group {
  code      = "ig-basic-set",
  audiences = { "leadership", "statistics", "ioc" },
  rhythm    = "daily",

  body = function(doc, s)
    local growth, tasks, risk = s["econ.grdp_growth"], s["task.gov_ontime_rate"], s["dis.risk_level"]

    doc:section("Đã đủ số liệu để cung cấp cho Chính phủ chưa", function() doc:gaps { group = true } end)

    doc:section("Kinh tế có giữ được đà tăng trưởng không", function()
      doc:finding { growth, growth:same_period(), growth:attainment() }
      doc:figures { s:list { "econ.iip", "econ.export", "econ.retail_sales", "econ.budget_revenue", "inv.disbursement_rate", "econ.cpi_yoy" } }
      doc:line { s["econ.iip"], last_year = true, target = true }
    end)

    doc:section("Bộ máy có làm đúng hạn không", function()
      doc:finding { tasks, tasks:change() }
      doc:table { s:list { "task.gov_ontime_rate", "tthc.ontime_rate", "tthc.q766_total", "fb.ontime_rate" }, title = "Nhiệm vụ, thủ tục hành chính, phản ánh",
                  columns = { "value", "previous", "target", "state", "period", "spark" } }
      doc:bars { s["tthc.ontime_rate"], by = "commune", worst = 8 }
    end)

    doc:section("Người dân có an toàn không", function()
      doc:finding { risk, risk:level() }
      doc:table { s:list { "dis.risk_level", "ts.accidents", "ep.dengue" }, title = "Thiên tai, tai nạn giao thông, dịch bệnh",
                  columns = { "value", "previous", "same_period", "ytd", "state", "period" } }
    end)

    group.missed(doc, s)
    group.annex(doc, s)
  end,
}
