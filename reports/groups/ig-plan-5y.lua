-- Kế hoạch 05 năm 2026 - 2030: năm đầu đi được bao xa; quy mô, chất lượng tăng trưởng, con người, môi trường. Phần lớn là số năm.
local group = use "group"

return gb.group {
  code      = "ig-plan-5y",
  audiences = { "leadership", "statistics", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local growth, capital = s["econ.grdp_growth"], s["econ.invest_total"]

    doc:section("Năm nay góp được gì cho kế hoạch 05 năm", function()
      doc:missed { s:group() }
      doc:note("Kế hoạch so ở đây là kế hoạch của năm. Chỉ tiêu của cả giai đoạn được so khi địa phương đưa vào danh mục.")
    end)

    doc:section("Tăng trưởng và vốn", function()
      doc:finding { growth, growth:same_period(), growth:attainment(), plain = true }
      doc:line { growth, target = true }
      doc:finding { capital, capital:same_period(), capital:against_pace(), plain = true }
      doc:line { capital, last_year = true }
    end)

    doc:section("Quy mô và chất lượng của nền kinh tế", function()
      doc:table { s:list { "econ.grdp_current", "econ.labour_productivity", "dx.digital_gdp", "ent.per_1000" }, title = "Quy mô, năng suất, kinh tế số, doanh nghiệp",
                  columns = { "value", "target", "state", "period", "owner" } }
    end)

    doc:section("Con người và an sinh", function()
      doc:table { s:list { "soc.poor_rate", "econ.unemployment", "ho.trained_rate", "soc.bhyt_rate", "soc.bhxh_rate", "he.doctors", "ed.standard_rate" },
                  title = "Nghèo, việc làm, bảo hiểm, y tế, giáo dục", columns = { "value", "same_period", "target", "state", "period", "owner" } }
      doc:bars { s["soc.bhyt_rate"], by = "commune", worst = 10 }
    end)

    doc:section("Môi trường", function()
      doc:finding { s["land.forest_cover"], s["land.forest_cover"]:same_period(), plain = true }
    end)

    group.gaps(doc)
    group.annex(doc, s)
  end,
}
