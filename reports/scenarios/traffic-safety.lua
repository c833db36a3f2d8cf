-- An toàn giao thông: tai nạn tăng hay giảm, ở đâu, nguyên nhân nào xử lý được ngay.
local closing = use "closing"

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
    warning   = { { who = gb.lead, does = "phân tích nguyên nhân từng vụ, tổ chức chuyên đề xử lý nồng độ cồn, tốc độ", within = gb.days(3) },
                  { who = gb.owner("ts.blackspots"), does = "khắc phục điểm đen, bổ sung biển báo, gờ giảm tốc", within = gb.days(10), with = gb.lead } },
    danger    = { { who = gb.lead, does = "điều tra vụ tai nạn nghiêm trọng, báo cáo nguyên nhân và trách nhiệm", within = gb.days(2) },
                  { who = gb.chair, does = "họp Ban An toàn giao thông, giao việc cho từng ngành và địa bàn", within = gb.days(3) } },
    emergency = { who = gb.chair, does = "chỉ đạo cứu nạn, thăm hỏi gia đình nạn nhân, báo cáo cấp trên", within = gb.hours(6) },
  },

  decide = {
    "Tuyến, địa bàn phải mở đợt cao điểm và thời gian thực hiện.",
    "Điểm đen được bố trí vốn xử lý ngay.",
  },

  body = function(doc, s)
    local accidents, deaths = s["ts.accidents"], s["ts.deaths"]

    doc:section("Tai nạn tăng hay giảm", function()
      doc:finding { accidents, accidents:change(), accidents:same_period() }
      doc:finding { deaths, deaths:change(), deaths:same_period() }
      doc:table { s:list { "ts.accidents", "ts.deaths", "ts.injured", "ts.deaths_100k" }, title = "Tai nạn giao thông trong ngày và lũy kế",
                  columns = { "value", "previous", "ytd", "ytd_change", "state", "period" } }
      doc:line { accidents, threshold = true }
    end)

    doc:section("Ở đâu", function()
      doc:map { accidents, by = "commune" }
      doc:bars { accidents, by = "commune", worst = 12 }
      doc:bars { s["ts.blackspots"], by = "commune", worst = 12 }
    end)

    doc:section("Nguyên nhân xử lý được ngay", function()
      doc:table { s:list { "ts.violations", "ts.alcohol", "ts.camera_fines", "ts.blackspots" }, title = "Vi phạm và điểm đen",
                  columns = { "value", "previous", "same_period", "state", "spark" } }
    end)

    doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
