-- An toàn giao thông: tai nạn tăng hay giảm, ở đâu, nguyên nhân nào xử lý được ngay.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "traffic-safety",
  rhythm = "daily",
  watch  = { "ts.accidents", "ts.deaths", "ts.injured", "ts.deaths_100k", "ts.alcohol", "ts.violations", "ts.blackspots", "ts.camera_fines" },

  trigger = function(now)
    if now["ts.deaths"]:state() >= gb.danger then return "Tai nạn giao thông gây chết nhiều người trong ngày" end
    if now["ts.accidents"]:lasting(gb.warning) >= 3 then return "Số vụ tai nạn giao thông cao ba ngày liên tiếp" end
    if now["ts.alcohol"]:state() >= gb.emergency then return "Vi phạm nồng độ cồn tăng đột biến" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "tăng tuần tra trên tuyến và khung giờ có tai nạn", within = gb.days(1) },
    warning   = { { who = gb.lead, does = "phân tích nguyên nhân từng vụ, tổ chức chuyên đề xử lý nồng độ cồn, tốc độ", within = gb.days(3),
                    about = { "ts.accidents", "ts.deaths", "ts.injured", "ts.deaths_100k", "ts.alcohol" } },
                  { who = gb.owner("ts.blackspots"), does = "khắc phục điểm đen, bổ sung biển báo, gờ giảm tốc", within = gb.days(10),
                    about = { "ts.blackspots" }, with = gb.lead } },
    danger    = { { who = gb.lead, does = "điều tra vụ tai nạn nghiêm trọng, báo cáo nguyên nhân và trách nhiệm", within = gb.days(2),
                    about = { "ts.accidents", "ts.deaths", "ts.injured" } },
                  { who = gb.chair, does = "họp Ban An toàn giao thông, giao việc cho từng ngành và địa bàn", within = gb.days(3),
                    about = { "ts.accidents", "ts.deaths", "ts.injured", "ts.deaths_100k" } } },
    emergency = { who = gb.chair, does = "chỉ đạo cứu nạn, thăm hỏi gia đình nạn nhân, báo cáo cấp trên", within = gb.hours(6), about = { "ts.deaths", "ts.accidents" } },
  },

  decide = {
    "Tuyến, địa bàn phải mở đợt cao điểm và thời gian thực hiện.",
    "Điểm đen được bố trí vốn xử lý ngay.",
  },

  body = function(doc, s)
    local accidents, deaths, injured, drunk = s["ts.accidents"], s["ts.deaths"], s["ts.injured"], s["ts.alcohol"]

    doc:section("Tai nạn tăng hay giảm", function()
      answer.say(doc, s, { { accidents, "Ngày {} xảy ra {} tai nạn giao thông", accidents:period(), accidents }, { deaths, "làm chết {}, từ đầu năm {}", deaths, deaths:ytd() },
                           { injured, "bị thương {}, từ đầu năm {}", injured, injured:ytd() }, { drunk, "phạt {} vi phạm nồng độ cồn", drunk } })
      doc:calendar { accidents, days = 182 }
    end)

    doc:section("Ở đâu", function()
      doc:bars { accidents, by = "commune", worst = 8 }
      doc:map { s["ts.blackspots"], by = "commune" }
    end)

    doc:section("Nguyên nhân xử lý được ngay", function()
      doc:multiples { { s["ts.violations"], drunk }, periods = 60 }
      doc:finding { s["ts.violations"]:ytd(), s["ts.violations"]:ytd_change(), s["ts.camera_fines"], s["ts.camera_fines"]:change(), plain = true }
    end)

    doc:section("Mục tiêu chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
