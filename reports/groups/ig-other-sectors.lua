-- Văn hóa, y tế, giáo dục, nội vụ: mỗi ngành một mục, vì mỗi ngành một cơ quan chủ trì.
local group = use "group"

return gb.group {
  code      = "ig-other-sectors",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local beds, vaccine, school, gap, posts = s["ep.bed_rate"], s["ep.vaccine_rate"], s["ed.standard_rate"], s["ed.teacher_gap"], s["ho.vacancies"]
    local short = { "value", "previous", "same_period", "target", "state", "period" }

    doc:section("Y tế", function()
      doc:finding { vaccine, vaccine:against_pace(), beds, beds:level() }
      doc:line { vaccine, pace = true, last_year = true }
      doc:table { s:list { "ep.bed_rate", "ep.vaccine_rate", "he.doctors", "he.emr_rate" }, title = "Giường bệnh, tiêm chủng, bác sĩ, bệnh án điện tử", columns = short }
      doc:bars { vaccine, by = "commune", worst = 10 }
    end)

    doc:section("Giáo dục", function()
      doc:finding { gap, gap:change(), school, school:change() }
      doc:table { s:list { "ed.standard_rate", "ed.teacher_gap", "ed.graduation_rate" }, title = "Trường đạt chuẩn, giáo viên, tốt nghiệp", columns = short }
      doc:bars { gap, by = "commune", worst = 10 }
    end)

    doc:section("Nội vụ, lao động", function()
      doc:finding { posts, posts:change(), s["ho.trained_rate"], s["ho.trained_rate"]:same_period() }
      doc:bars { posts, by = "commune", worst = 10 }
    end)

    doc:section("Văn hóa", function()
      doc:finding { s["cu.family_rate"], s["cu.family_rate"]:same_period() }
    end)

    group.closing(doc, s)
  end,
}
