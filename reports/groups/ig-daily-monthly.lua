-- Chỉ đạo hằng ngày, hằng tháng: trong ngày có gì bất thường, trong tháng kinh tế đi về đâu. Chỉ số ngày đứng trước, chỉ số tháng đứng sau.
local group = use "group"

return gb.group {
  code      = "ig-daily-monthly",
  audiences = { "leadership", "ioc" },
  rhythm    = "daily",

  body = function(doc, s)
    local alerts = s:alerts(gb.warning, s:group())

    doc:section("Trong ngày có gì bất thường", function()
      if #alerts == 0 then
        doc:text("Không có chỉ số nào của nhóm ở mức cảnh báo trở lên.")
      else
        doc:summary { alerts, requests = false }
      end
      doc:table { s:list { "dis.rain_24h", "env.vn_aqi", "fire.incidents", "ts.accidents", "ts.deaths", "ep.dengue", "tthc.overdue_open", "fb.received" },
                  title = "Chỉ số theo giờ, ngày, tuần", columns = { "value", "previous", "ytd", "state", "period", "spark" } }
    end)

    doc:section("Tai nạn, cháy nổ diễn biến thế nào", function()
      doc:finding { s["ts.accidents"], s["ts.accidents"]:ytd_change() }
      doc:line { s["ts.accidents"], threshold = true }
    end)

    doc:section("Trong tháng kinh tế đi về đâu", function()
      local revenue = s["econ.budget_revenue_pct"]
      doc:finding { revenue, revenue:against_pace() }
      doc:table { s:list { "econ.iip", "econ.retail_sales", "econ.export", "econ.budget_revenue", "econ.budget_revenue_pct", "ent.new" },
                  title = "Chỉ số tháng", columns = { "value", "same_period", "ytd", "ytd_change", "state", "period" } }
      doc:line { revenue, pace = true, last_year = true }
    end)

    doc:section("Nơi nào đáng chú ý", function()
      doc:bars { s["tthc.overdue_open"], by = "commune", worst = 8 }
    end)

    group.closing(doc, s)
  end,
}
