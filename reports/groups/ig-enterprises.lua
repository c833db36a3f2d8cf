-- Doanh nghiệp: vào thị trường nhiều hay rút ra nhiều, có trụ được không, kiến nghị của nhà đầu tư có được giải quyết không.
local group = use "group"

return gb.group {
  code      = "ig-enterprises",
  audiences = { "leadership", "statistics", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local new, stopped, active, asked = s["ent.new"], s["ent.suspended"], s["ent.active"], s["zi.requests_rate"]

    doc:section("Vào thị trường nhiều hay rút ra nhiều", function()
      doc:finding { new, new:same_period(), new:ytd_change(), stopped, stopped:same_period() }
      doc:table { s:list { "ent.new", "ent.returned", "ent.suspended", "ent.waiting", "ent.dissolved", "ent.new_capital" }, title = "Thành lập, quay lại, tạm ngừng, chờ giải thể, giải thể",
                  columns = { "value", "previous", "same_period", "ytd", "ytd_change", "spark" } }
      doc:multiples { s:list { "ent.new", "ent.returned", "ent.suspended", "ent.dissolved" }, shared = false, title = "Doanh nghiệp vào và ra thị trường qua từng tháng" }
    end)

    doc:section("Có trụ được không", function()
      doc:finding { active, active:same_period(), s["ent.survival_rate"], s["ent.survival_rate"]:change() }
      doc:table { s:list { "ent.active", "ent.per_1000", "ent.survival_rate", "ent.budget_rate", "ent.digital", "ent.sustainable_rate", "oc.entities" },
                  title = "Quy mô và chất lượng khu vực doanh nghiệp", columns = { "value", "same_period", "target", "state", "period", "owner" } }
    end)

    doc:section("Doanh nghiệp mới ở đâu", function()
      doc:bars { new, by = "commune", best = 12 }
    end)

    doc:section("Kiến nghị của nhà đầu tư có được giải quyết không", function()
      doc:finding { asked, asked:change() }
      doc:line { asked, threshold = true }
    end)

    group.closing(doc, s)
  end,
}
