-- Nhiệm vụ Chính phủ, Thủ tướng giao: làm đúng hạn được bao nhiêu, còn nợ bao nhiêu, và nhiệm vụ tỉnh giao xuống đang tắc ở đâu.
local group = use "group"

return gb.group {
  code      = "ig-assigned-tasks",
  audiences = { "leadership", "ioc" },
  rhythm    = "weekly",

  body = function(doc, s)
    local gov, late = s["task.gov_ontime_rate"], s["task.gov_overdue"]
    local own, own_late = s["task.prov_ontime_rate"], s["task.prov_overdue"]

    doc:section("Nhiệm vụ Chính phủ, Thủ tướng giao có đúng hạn không", function()
      doc:finding { gov, gov:change() }
      doc:finding { late, late:change() }
      doc:figures { s:list { "task.gov_total", "task.gov_ontime_rate", "task.gov_overdue" } }
      doc:line { gov, threshold = true, last_year = true }
    end)

    doc:section("Số nhiệm vụ quá hạn tăng hay giảm", function() doc:line { late, threshold = true } end)

    doc:section("Nhiệm vụ cấp tỉnh giao xuống tắc ở đâu", function()
      doc:finding { own, own:change() }
      doc:finding { own_late, own_late:change() }
      doc:bars { own_late, by = "commune", worst = 12 }
      doc:table { s:communes():worst(12, own), title = "Các xã, phường có tỷ lệ đúng hạn thấp nhất", columns = { own, own_late, "rank" } }
    end)

    doc:section("Kết luận kiểm tra và chương trình lớn", function()
      doc:table { s:list { "kproj.conclusions_rate", "prog.nq57_done_rate", "cchc.plan_rate" }, title = "Tỷ lệ hoàn thành đúng hạn",
                  columns = { "value", "previous", "target", "state", "period", "owner" } }
    end)

    group.closing(doc, s)
  end,
}
