-- Phản ánh, kiến nghị trên môi trường số: dân hỏi bao nhiêu, trả lời có kịp không, nơi nào nợ, nơi nào nóng. Không nêu danh tính người gửi.
local group = use "group"

return gb.group {
  code      = "ig-feedback",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "weekly",

  body = function(doc, s)
    local came, ontime, late, days, happy = s["fb.received"], s["fb.ontime_rate"], s["fb.overdue_open"], s["fb.avg_days"], s["fb.satisfied_rate"]

    doc:section("Trả lời có kịp không", function()
      doc:finding { ontime, ontime:change(), days, days:change() }
      doc:figures { s:list { "fb.received", "fb.resolved", "fb.resolved_ontime", "fb.overdue_open", "fb.avg_days", "fb.satisfied_rate" } }
      doc:line { ontime, threshold = true }
    end)

    doc:section("Ai còn nợ câu trả lời", function()
      doc:finding { late, late:change() }
      doc:line { late, threshold = true }
      doc:bars { late, by = "commune", worst = 12 }
    end)

    doc:section("Nơi nào nhiều phản ánh", function()
      doc:finding { came, came:change(), s["fb.hot_communes"], s["fb.hot_communes"]:change() }
      doc:bars { came, by = "commune", worst = 10 }
      doc:map { s["fb.per_10k"], by = "commune" }
    end)

    doc:section("Dân nói về việc gì, có hài lòng không", function()
      doc:finding { s["fb.env_share"], s["fb.env_share"]:change(), happy, happy:change() }
      doc:finding { s["op.front_opinions"], s["op.front_opinions"]:change() }
      doc:bars { happy, by = "commune", worst = 10 }
    end)

    group.closing(doc, s)
  end,
}
