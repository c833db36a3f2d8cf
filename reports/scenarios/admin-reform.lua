-- Cải cách hành chính: hồ sơ có trả đúng hạn không, nơi nào để quá hạn, làm trực tuyến tới đâu, dân có hài lòng không.
local answer, closing = use "answer", use "closing"

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
    watch     = { who = gb.lead, does = "nhắc đơn vị có hồ sơ sắp quá hạn, công khai danh sách trên cổng dịch vụ công", within = gb.days(3),
                  about = { "tthc.ontime_rate", "tthc.overdue_open" } },
    warning   = { { who = gb.office, does = "làm việc với đơn vị có nhiều hồ sơ quá hạn, xác định thủ tục vướng", within = gb.days(5),
                    about = { "tthc.ontime_rate", "tthc.overdue_open" }, with = gb.lead },
                  { who = gb.commune_committees, does = "trả hết hồ sơ quá hạn và xin lỗi người dân bằng văn bản", within = gb.days(5),
                    about = { "tthc.ontime_rate", "tthc.overdue_open" } } },
    danger    = { { who = gb.chair, does = "phê bình người đứng đầu đơn vị để hồ sơ quá hạn kéo dài", within = gb.days(5), about = { "tthc.ontime_rate", "tthc.overdue_open" } },
                  { who = gb.lead, does = "kiểm tra công vụ đột xuất tại đơn vị chậm nhất", within = gb.days(5), about = { "tthc.ontime_rate", "tthc.overdue_open" } } },
    emergency = { who = gb.chair, does = "họp với toàn bộ đơn vị chậm, điều động cán bộ hỗ trợ bộ phận một cửa", within = gb.days(2),
                  about = { "tthc.ontime_rate", "tthc.overdue_open" } },
  },

  decide = {
    "Đơn vị phải trả hết hồ sơ quá hạn và thời hạn cuối.",
    "Thủ tục cần cắt giảm, phân cấp hoặc chuyển sang trực tuyến toàn trình.",
  },

  body = function(doc, s)
    local ontime, overdue, online, happy = s["tthc.ontime_rate"], s["tthc.overdue_open"], s["tthc.fullonline_rate"], s["sat.satisfied_rate"]

    doc:section("Hồ sơ có trả đúng hạn không, dân có hài lòng không", function()
      answer.say(doc, s, { { ontime, "Trong {}, {} hồ sơ trả đúng hạn", ontime:period(), ontime }, { overdue, "{} quá hạn đang giải quyết", overdue },
                           { online, "trực tuyến toàn trình {}", online }, { happy, "hài lòng {}", happy } })
      doc:line { ontime, last_year = true, threshold = true, forecast = true }
      doc:multiples { { s["tthc.online_rate"], online, s["tthc.epay_rate"], s["tthc.digitised_rate"] }, periods = 17, shared = true, title = "Làm trực tuyến, thanh toán trực tuyến, số hóa" }
    end)

    doc:section("Nơi nào để quá hạn", function()
      doc:contributions { ontime, worst = 6, title = "Xã, phường nào góp nhiều nhất vào thay đổi của tỷ lệ đúng hạn" }
      doc:map { overdue, by = "commune" }
      doc:heat { { ontime, overdue, online, s["tthc.received"] }, by = "commune", worst = 8 }
    end)

    doc:section("Mục tiêu chưa đạt", function() doc:missed { s:watch() } end)

    doc:section("Khối lượng hồ sơ, xếp hạng và kế hoạch cải cách", function()
      doc:table { s:list { "tthc.received", "tthc.resolved", "tthc.resolved_ontime" }, title = "Hồ sơ tiếp nhận, giải quyết", columns = { "value", "previous", "same_period", "ytd", "spark" } }
      doc:table { s:list { "sipas.index", "par.index", "cchc.plan_rate" }, title = "Hài lòng, xếp hạng, kế hoạch năm", columns = { "value", "same_period", "state", "period" } }
    end)

    closing.meeting(doc, s)
  end,
}
