-- Kế hoạch kinh tế - xã hội hằng năm: chỉ tiêu nào chắc đạt, chỉ tiêu nào có nguy cơ không đạt, còn bao nhiêu phải làm đến hết năm.
local group = use "group"

return gb.group {
  code      = "ig-annual-plan",
  audiences = { "leadership", "statistics", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local growth, revenue, rate, poor = s["econ.grdp_growth"], s["econ.budget_revenue_pct"], s["inv.disbursement_rate"], s["soc.poor_rate"]

    group.missed(doc, s)

    doc:section("Hết năm thì chỉ tiêu nào khó đạt", function() doc:dots { s:with_target(s:group()) } end)

    doc:section("Tăng trưởng có đạt mục tiêu năm không", function()
      doc:finding { growth, growth:same_period(), growth:attainment(), plain = true }
      doc:line { growth, target = true }
      doc:table { s:list { "econ.iip", "econ.export", "econ.invest_total", "econ.cpi_yoy", "to.visitors", "ent.new" },
                  title = "Các động lực của tăng trưởng", columns = { "value", "same_period", "ytd_change", "attainment", "period", "spark" } }
    end)

    doc:section("Thu ngân sách có kịp dự toán không", function()
      doc:finding { revenue, revenue:against_pace(), plain = true }
      doc:line { revenue, pace = true, last_year = true }
    end)

    doc:section("Vốn đầu tư công còn phải giải ngân bao nhiêu", function()
      doc:finding { rate, rate:against_pace(), s["inv.ntp_disbursement"], s["inv.ntp_disbursement"]:against_pace(), plain = true }
      doc:line { rate, pace = true, last_year = true }
      doc:bars { rate, by = "commune", worst = 10 }
    end)

    doc:section("Người dân được hưởng gì", function()
      doc:finding { poor, poor:same_period(), plain = true }
      doc:bars { poor, by = "commune", worst = 10 }
    end)

    group.gaps(doc)
    group.annex(doc, s)
  end,
}
