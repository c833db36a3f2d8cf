-- Ngập lụt, ô nhiễm: đang ngập ở đâu, sâu bao nhiêu, không khí và nước có an toàn cho dân không.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "flood-pollution-warning",
  rhythm = "daily",
  watch  = { "fl.points", "fl.depth", "fl.households", "fl.pumps_rate", "dis.rain_24h", "env.vn_aqi", "env.pm25_24h", "env.wqi", "env.hot_cases", "env.stations_rate",
             "fb.env_share" },

  trigger = function(now)
    if now["fl.households"]:state() >= gb.warning then return "Nhiều hộ dân bị ngập, chia cắt" end
    if now["fl.points"]:state() >= gb.danger then return "Ngập trên diện rộng" end
    for _, place in ipairs(now:points(now["fl.depth"])) do
      if place:state() >= gb.danger then return place:region():name() .. ": ngập sâu, người và xe không qua được" end
    end
    for _, place in ipairs(now:points(now["dis.rain_24h"])) do
      if place:state() >= gb.danger then return place:region():name() .. ": mưa rất to, nguy cơ ngập trên diện rộng" end
    end
    for _, place in ipairs(now:points(now["env.vn_aqi"])) do
      if place:state() >= gb.danger then return "Chất lượng không khí ở mức rất xấu" end
    end
    if now["env.hot_cases"]:state() >= gb.danger then return "Nhiều vụ ô nhiễm môi trường phát sinh" end
  end,

  -- Tin CAP cho trung tâm điều hành; máy bơm, trạm quan trắc, phản ánh không phải là hiểm họa để báo.
  cap = {
    { event = "Ngập lụt", category = { "Met", "Infra" }, about = { "fl.points", "fl.depth", "fl.households" } },
    { event = "Ô nhiễm không khí", category = "Env", about = { "env.vn_aqi", "env.pm25_24h" } },
    { event = "Ô nhiễm nước mặt", category = "Env", about = { "env.wqi" } },
    { event = "Sự cố ô nhiễm môi trường", category = "Env", about = { "env.hot_cases" } },
  },

  actions = {
    watch     = { who = gb.lead, does = "thông báo điểm ngập, điểm ô nhiễm cho người dân trên kênh chính thức", within = gb.hours(2) },
    warning   = { { who = gb.commune_committees, does = "cắm biển, phân luồng tại điểm ngập, hỗ trợ hộ bị chia cắt", within = gb.hours(3),
                    about = { "fl.points", "fl.depth", "fl.households", "dis.rain_24h" }, with = gb.agency("cong-an") },
                  { who = gb.lead, does = "xác định nguồn gây ô nhiễm, lấy mẫu, khuyến cáo người dân", within = gb.days(1),
                    about = { "env.vn_aqi", "env.pm25_24h", "env.wqi", "env.hot_cases" } } },
    danger    = { { who = gb.chair, does = "quyết định vận hành tiêu úng, cho học sinh nghỉ học tại vùng ngập", within = gb.hours(2),
                    about = { "fl.points", "fl.depth", "fl.households", "dis.rain_24h" } },
                  { who = gb.lead, does = "yêu cầu cơ sở gây ô nhiễm dừng hoạt động", within = gb.hours(6),
                    about = { "env.vn_aqi", "env.pm25_24h", "env.wqi", "env.hot_cases" } } },
    emergency = { who = gb.chair, does = "chỉ đạo sơ tán, bảo đảm lương thực, nước sạch cho vùng bị cô lập", within = gb.hours(1),
                  about = { "fl.points", "fl.depth", "fl.households", "dis.rain_24h" }, with = gb.agency("quan-su") },
  },

  decide = {
    "Điểm ngập phải bố trí lực lượng ứng trực và phương án giao thông.",
    "Nguồn gây ô nhiễm phải dừng hoạt động, thời hạn khắc phục.",
  },

  body = function(doc, s)
    local places, houses = s["fl.points"], s["fl.households"]
    local rain, air = s:points(s["dis.rain_24h"]), s:points(s["env.vn_aqi"])

    doc:section("Đang ngập ở đâu, không khí và nước có an toàn không", function()
      local said = { { places, "Lúc {} có {} ngập", places:period(), places }, { houses, "{} bị ngập, chia cắt", houses } }
      for _, x in ipairs(s:take(1, rain)) do table.insert(said, { x, "mưa 24 giờ lớn nhất {} tại {}", x, x:region() }) end
      for _, x in ipairs(s:take(1, air)) do table.insert(said, { x, "VN_AQI xấu nhất {} tại {}", x, x:region() }) end
      answer.say(doc, s, said)
      doc:map { s["fl.depth"], by = "point" }
      doc:bars { houses, by = "commune", worst = 8 }
      doc:multiples { s:take(4, rain), periods = 48, shared = true }
      doc:finding { s["fl.pumps_rate"], s["fl.pumps_rate"]:change(), s["fl.pumps_rate"]:target() }
    end)

    doc:section("Không khí và nước", function()
      doc:heat { { s["env.vn_aqi"], s["env.pm25_24h"] }, by = "point", worst = 8 }
      for _, x in ipairs(s:take(1, air)) do doc:line { x, threshold = true } end
      doc:bars { s["env.wqi"], by = "point", worst = 8 }
    end)

    doc:section("Nhật ký vượt mức, vụ việc và phản ánh", function()
      doc:events { { s["fl.depth"], s["env.vn_aqi"], s["env.pm25_24h"], s["env.wqi"] }, by = "point", days = 30, limit = 8, title = "Các lần vượt mức cảnh báo trong 30 ngày" }
      doc:radius { s["env.vn_aqi"], km = 5, worst = 2, map = false }
      doc:table { s:list { "env.hot_cases", "iz.exceed_events", "fb.env_share", "env.stations_rate" }, title = "Vụ ô nhiễm, phản ánh, trạm quan trắc",
                  columns = { "value", "previous", "same_period", "state", "period" } }
      doc:missed { s:watch() }
    end)

    closing.meeting(doc, s)
  end,
}
