-- Cải cách hành chính: hồ sơ của dân có đúng hạn không, dân có làm được trực tuyến trọn vẹn không, điểm số xếp hạng năm nay thế nào.
local group = use "group"

return gb.group {
  code      = "ig-admin-reform",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local ontime, overdue, full = s["tthc.ontime_rate"], s["tthc.overdue_open"], s["tthc.fullonline_rate"]

    doc:section("Hồ sơ của dân có đúng hạn không", function()
      doc:finding { ontime, ontime:change(), overdue, overdue:change() }
      doc:figures { s:list { "tthc.received", "tthc.resolved", "tthc.overdue_open" } }
      doc:line { overdue, threshold = true }
      doc:bars { ontime, by = "commune", worst = 12 }
      doc:slope { ontime, movers = 10 }
    end)

    doc:section("Dân có làm được trực tuyến trọn vẹn không", function()
      doc:finding { full, full:same_period() }
      doc:table { s:list { "tthc.online_rate", "tthc.fullonline_rate", "tthc.epay_rate", "tthc.digitised_rate" }, title = "Nộp, thanh toán trực tuyến, số hóa",
                  columns = { "value", "previous", "same_period", "target", "state", "spark" } }
      doc:heat { s:list { "tthc.ontime_rate", "tthc.fullonline_rate", "tthc.online_rate", "tthc.epay_rate", "tthc.digitised_rate" },
                 by = "commune", worst = 12, title = "Xã, phường yếu ở nhiều khâu nhất" }
    end)

    doc:section("Điểm số phục vụ và xếp hạng", function()
      doc:line { s["tthc.q766_total"], threshold = true }
      doc:table { s:list { "tthc.q766_progress", "tthc.q766_total", "par.index", "sipas.index", "cchc.plan_rate" }, title = "Điểm phục vụ, PAR INDEX, SIPAS, kế hoạch cải cách",
                  columns = { "value", "previous", "target", "state", "period", "owner" } }
    end)

    group.closing(doc, s)
  end,
}
