-- Cải cách hành chính: hồ sơ có trả đúng hạn không, nơi nào để quá hạn, làm trực tuyến tới đâu, dân có hài lòng không.
local closing = use "closing"

return gb.scenario {
  code      = "admin-reform",
  audiences = { "leadership", "front" },
  rhythm    = "monthly",
  watch     = { "tthc.ontime_rate", "tthc.overdue_open", "tthc.received", "tthc.resolved", "tthc.fullonline_rate", "tthc.online_rate", "tthc.epay_rate",
                "tthc.digitised_rate", "tthc.q766_total", "sat.satisfied_rate", "cchc.plan_rate", "par.index", "sipas.index" },

  trigger = function(now)
    if now["tthc.overdue_open"]:state() >= gb.danger then return "Hồ sơ quá hạn đang giải quyết ở mức nguy hiểm" end
    if now["tthc.ontime_rate"]:lasting(gb.warning) >= 2 then return "Tỷ lệ giải quyết đúng hạn thấp hai tháng liên tiếp" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "nhắc đơn vị có hồ sơ sắp quá hạn, công khai danh sách trên cổng dịch vụ công", within = gb.days(3) },
    warning   = { { who = gb.office, does = "làm việc với đơn vị có nhiều hồ sơ quá hạn, xác định thủ tục vướng", within = gb.days(5), with = gb.lead },
                  { who = gb.commune_committees, does = "trả hết hồ sơ quá hạn và xin lỗi người dân bằng văn bản", within = gb.days(5) } },
    danger    = { { who = gb.chair, does = "phê bình người đứng đầu đơn vị để hồ sơ quá hạn kéo dài", within = gb.days(5) },
                  { who = gb.lead, does = "kiểm tra công vụ đột xuất tại đơn vị chậm nhất", within = gb.days(5) } },
    emergency = { who = gb.chair, does = "họp với toàn bộ đơn vị chậm, điều động cán bộ hỗ trợ bộ phận một cửa", within = gb.days(2) },
  },

  decide = {
    "Đơn vị phải trả hết hồ sơ quá hạn và thời hạn cuối.",
    "Thủ tục cần cắt giảm, phân cấp hoặc chuyển sang trực tuyến toàn trình.",
  },

  body = function(doc, s)
    local ontime, overdue = s["tthc.ontime_rate"], s["tthc.overdue_open"]

    doc:section("Hồ sơ có trả đúng hạn không", function()
      doc:finding { ontime, ontime:change(), ontime:same_period() }
      doc:figures { s:list { "tthc.received", "tthc.resolved", "tthc.resolved_ontime", "tthc.ontime_rate", "tthc.overdue_open" } }
      doc:line { ontime, last_year = true, threshold = true }
    end)

    doc:section("Nơi nào để quá hạn", function()
      doc:finding { overdue, overdue:change() }
      doc:map { overdue, by = "commune" }
      doc:bars { overdue, by = "commune", worst = 12 }
      doc:table { s:communes():worst(15, ontime), title = "Các xã, phường trả đúng hạn thấp nhất",
                  columns = { ontime, overdue, s["tthc.received"], s["tthc.fullonline_rate"], "rank" } }
    end)

    doc:section("Làm trực tuyến tới đâu", function()
      doc:table { s:list { "tthc.online_rate", "tthc.fullonline_rate", "tthc.epay_rate", "tthc.digitised_rate", "tthc.q766_total" },
                  title = "Dịch vụ công trực tuyến, thanh toán, số hóa", columns = { "value", "target", "previous", "same_period", "state", "spark" } }
    end)

    doc:section("Dân có hài lòng không", function()
      doc:table { s:list { "sat.satisfied_rate", "sipas.index", "par.index", "cchc.plan_rate" }, title = "Hài lòng và xếp hạng cải cách hành chính",
                  columns = { "value", "target", "same_period", "state", "period" } }
    end)

    doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
