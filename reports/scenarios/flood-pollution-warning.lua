-- Ngập lụt, ô nhiễm: đang ngập ở đâu, sâu bao nhiêu, không khí và nước có an toàn cho dân không.
local closing = use "closing"

return gb.scenario {
  code   = "flood-pollution-warning",
  rhythm = "daily",
  watch  = { "fl.points", "fl.depth", "fl.households", "fl.pumps_rate", "dis.rain_24h", "env.vn_aqi", "env.pm25_24h", "env.wqi", "env.hot_cases", "env.stations_rate",
             "fb.env_share" },

  trigger = function(now)
    if now["fl.households"]:state() >= gb.warning then return "Nhiều hộ dân bị ngập, chia cắt" end
    if now["fl.points"]:state() >= gb.danger then return "Ngập trên diện rộng" end
    for _, place in ipairs(now:points(now["env.vn_aqi"])) do
      if place:state() >= gb.danger then return "Chất lượng không khí ở mức rất xấu" end
    end
    if now["env.hot_cases"]:state() >= gb.danger then return "Nhiều vụ ô nhiễm môi trường phát sinh" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "thông báo điểm ngập, điểm ô nhiễm cho người dân trên kênh chính thức", within = gb.hours(2) },
    warning   = { { who = gb.commune_committees, does = "cắm biển, phân luồng tại điểm ngập, hỗ trợ hộ bị chia cắt", within = gb.hours(3), with = gb.agency("cong-an") },
                  { who = gb.lead, does = "xác định nguồn gây ô nhiễm, lấy mẫu, khuyến cáo người dân", within = gb.days(1) } },
    danger    = { { who = gb.chair, does = "quyết định vận hành tiêu úng, cho học sinh nghỉ học tại vùng ngập", within = gb.hours(2) },
                  { who = gb.lead, does = "yêu cầu cơ sở gây ô nhiễm dừng hoạt động", within = gb.hours(6) } },
    emergency = { who = gb.chair, does = "chỉ đạo sơ tán, bảo đảm lương thực, nước sạch cho vùng bị cô lập", within = gb.hours(1), with = gb.agency("quan-su") },
  },

  decide = {
    "Điểm ngập phải bố trí lực lượng ứng trực và phương án giao thông.",
    "Nguồn gây ô nhiễm phải dừng hoạt động, thời hạn khắc phục.",
  },

  body = function(doc, s)
    local depth = s:points(s["fl.depth"])

    doc:section("Đang ngập ở đâu", function()
      doc:finding { s["fl.points"], s["fl.points"]:change() }
      doc:finding { s["fl.households"], s["fl.households"]:change() }
      doc:table { depth, title = "Độ sâu ngập theo điểm, sâu nhất trước", columns = { "value", "previous", "threshold", "state", "period" } }
      doc:bars { s["fl.households"], by = "commune", worst = 10 }
      doc:map { s["fl.depth"], by = "point" }
      doc:table { s:take(5, s:points(s["dis.rain_24h"])), title = "Mưa lớn nhất theo trạm", columns = { "value", "threshold", "state", "period" } }
      doc:finding { s["fl.pumps_rate"], s["fl.pumps_rate"]:change() }
    end)

    doc:section("Không khí và nước", function()
      doc:table { s:points(s["env.vn_aqi"], s["env.pm25_24h"]), title = "Không khí theo điểm đo, xấu nhất trước", columns = { "value", "threshold", "state", "period" } }
      for _, place in ipairs(s:take(1, s:points(s["env.vn_aqi"]))) do doc:line { place, threshold = true } end
      doc:table { s:points(s["env.wqi"]), title = "Nước mặt theo trạm, xấu nhất trước", columns = { "value", "threshold", "state", "period" } }
    end)

    doc:section("Vụ việc và phản ánh", function()
      doc:table { s:list { "env.hot_cases", "iz.exceed_events", "fb.env_share", "env.stations_rate" }, title = "Vụ ô nhiễm, phản ánh, trạm quan trắc",
                  columns = { "value", "previous", "same_period", "state", "period" } }
    end)

    doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
