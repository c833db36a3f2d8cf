-- Chỉ huy giao thông linh hoạt: lúc này tắc ở đâu, bao lâu rồi, đèn và camera có giúp được không, lực lượng phải tới nút nào.
-- Số liệu theo giờ. Trục đường đọc theo tốc độ (thấp là xấu), điểm tắc theo xã, phường, bãi đỗ theo tỷ lệ lấp đầy.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "flexible-traffic-command",
  rhythm = "daily",
  watch  = { "tr.jams", "tr.jam_minutes", "tr.speed", "tr.signals_rate", "tr.camera_rate", "tr.clear_min", "tr.reports", "tr.parking_rate", "ts.camera_fines" },

  trigger = function(now)
    if now["tr.jam_minutes"]:state() >= gb.danger then return "Có điểm ùn tắc kéo dài từ một giờ" end
    if now["tr.jams"]:state() >= gb.danger then return "Ùn tắc cùng lúc ở nhiều điểm" end
    for _, road in ipairs(now:points(now["tr.speed"])) do
      if road:state() >= gb.danger then return road:region():name() .. ": tốc độ lưu thông xuống rất thấp" end
    end
    if now["tr.signals_rate"]:state() >= gb.danger then return "Nhiều nút đèn tín hiệu ngừng hoạt động" end
  end,

  actions = {
    watch     = { who = gb.agency("cong-an"), does = "điều chỉnh chu kỳ đèn tín hiệu theo lưu lượng, bố trí người tại nút có nguy cơ tắc", within = gb.hours(1) },
    warning   = { { who = gb.agency("cong-an"), does = "phân luồng từ xa trên trục đang chậm, thông báo lộ trình thay thế cho người dân", within = gb.hours(1),
                    about = { "tr.jams", "tr.jam_minutes", "tr.speed", "tr.clear_min" } },
                  { who = gb.commune_committees, does = "giải tỏa dừng, đỗ sai quy định quanh nút tắc và bãi xe đã đầy", within = gb.hours(1),
                    about = { "tr.jams", "tr.jam_minutes", "tr.parking_rate" }, with = gb.agency("cong-an") } },
    danger    = { { who = gb.agency("cong-an"), does = "điều lực lượng cơ động đến điểm tắc, tạm cấm hướng đi vào", within = gb.hours(1),
                    about = { "tr.jams", "tr.jam_minutes", "tr.speed", "tr.clear_min" } },
                  { who = gb.owner("ts.blackspots"), does = "tạm dừng thi công trên đường, sửa ngay đèn tín hiệu hỏng", within = gb.hours(3),
                    about = { "tr.signals_rate", "tr.jams" }, with = gb.agency("cong-an") } },
    emergency = { { who = gb.chair, does = "quyết định phân luồng toàn khu vực, điều chỉnh giờ làm việc, giờ học khi cần", within = gb.hours(1),
                    about = { "tr.jams", "tr.jam_minutes", "tr.speed" } },
                  { who = gb.agency("cong-an"), does = "lập sở chỉ huy tại chỗ, ưu tiên đường cho xe cấp cứu, chữa cháy", within = gb.hours(1),
                    about = { "tr.jams", "tr.jam_minutes", "tr.speed" } } },
  },

  decide = {
    "Phương án phân luồng, trục và khung giờ áp dụng.",
    "Nút phải chỉnh chu kỳ đèn, bổ sung đèn hoặc camera.",
    "Điểm đỗ xe tạm để giảm tải cho bãi đã đầy.",
  },

  body = function(doc, s)
    local jams, longest, slow = s["tr.jams"], s["tr.jam_minutes"], s:points(s["tr.speed"])

    doc:section("Lúc này tắc ở đâu, trục nào chậm", function()
      local said = { { jams, "Lúc {} có {} ùn tắc", jams:period(), jams } }
      if longest:value() > gb.number(0) then table.insert(said, { longest, "lâu nhất {}", longest }) end
      for _, road in ipairs(s:take(1, slow)) do table.insert(said, { road, "trục chậm nhất là {}, {}", road:region(), road }) end
      answer.say(doc, s, said)
      doc:map { jams, by = "commune" }
      doc:line { jams, threshold = true, periods = 48 }
      doc:multiples { s:take(3, slow), periods = 24, shared = true }
    end)

    doc:section("Nơi hay tắc trong bảy ngày", function()
      doc:events { { s["tr.speed"], s["tr.parking_rate"] }, by = "point", days = 7, step = gb.watch, limit = 8, title = "Trục chậm, bãi đỗ đầy trong bảy ngày" }
      doc:radius { s["tr.speed"], km = 3, worst = 2 }
    end)

    doc:section("Có gì trong tay để gỡ", function()
      doc:table { s:list { "tr.signals_rate", "tr.camera_rate", "tr.clear_min", "tr.reports", "ts.camera_fines" },
                  title = "Đèn tín hiệu, camera, thời gian giải tỏa, tin báo của người dân", columns = { "value", "previous", "state", "period", "spark" } }
      doc:bars { s["tr.parking_rate"], by = "point", worst = 8 }
    end)

    doc:section("Mục tiêu chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
