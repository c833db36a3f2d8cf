-- Trật tự xây dựng. Câu hỏi của lãnh đạo: xây không phép, sai phép ở đâu; vi phạm có xử lý dứt điểm không; có phát hiện từ đầu không.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "construction-order",
  rhythm = "weekly",
  watch  = { "co.hotspots", "co.no_permit", "co.violations", "co.violation_rate", "co.handled_rate", "co.inspected", "co.sat_alerts", "co.permits",
             "co.permits_ontime" },

  trigger = function(now)
    if now["co.hotspots"]:state() >= gb.danger then return "Nhiều điểm nóng trật tự xây dựng cùng lúc" end
    if now["co.no_permit"]:state() >= gb.danger then return "Công trình không phép tăng đến mức nguy hiểm" end
    if now["co.handled_rate"]:lasting(gb.warning) >= 2 then return "Vi phạm trật tự xây dựng không được xử lý dứt điểm hai tháng liên tiếp" end
    if now["co.hotspots"]:rising() >= 3 and now["co.hotspots"]:state() >= gb.warning then return "Điểm nóng trật tự xây dựng tăng ba tuần liên tiếp" end
  end,

  actions = {
    watch     = { who = gb.commune_committees, does = "kiểm tra công trình được cảnh báo từ ảnh vệ tinh, phản ánh của dân; dừng công trình không phép từ khi đào móng", within = gb.days(2) },
    warning   = { { who = gb.commune_committees, does = "lập biên bản, đình chỉ thi công, ra quyết định xử phạt theo thẩm quyền", within = gb.days(3),
                    about = { "co.no_permit", "co.violations", "co.violation_rate", "co.hotspots" }, with = gb.lead },
                  { who = gb.lead, does = "kiểm tra xã, phường xử lý dứt điểm thấp nhất, hướng dẫn hồ sơ cưỡng chế", within = gb.days(5), about = { "co.handled_rate" } } },
    danger    = { { who = gb.chair, does = "chỉ đạo cưỡng chế công trình tại điểm nóng, xem xét trách nhiệm người đứng đầu xã, phường", within = gb.days(7),
                    about = { "co.no_permit", "co.violations", "co.violation_rate", "co.hotspots", "co.handled_rate" } },
                  { who = gb.agency("cong-an"), does = "bảo đảm trật tự khi cưỡng chế, ngăn tiếp tục thi công", within = gb.days(3),
                    about = { "co.no_permit", "co.violations", "co.violation_rate", "co.hotspots", "co.handled_rate" }, with = gb.commune_committees } },
    emergency = { { who = gb.chair, does = "cưỡng chế ngay công trình đe dọa an toàn, lấn đê, lấn hành lang giao thông", within = gb.days(2),
                    about = { "co.hotspots", "co.no_permit", "co.violations" }, with = gb.lead } },
  },

  decide = {
    "Công trình phải cưỡng chế, ngày thực hiện và lực lượng.",
    "Xã, phường để vi phạm tồn đọng: thời hạn xử lý hết và người chịu trách nhiệm.",
    "Thủ tục cấp phép cần rút ngắn để người dân không xây trước, xin sau.",
  },

  body = function(doc, s)
    local hot, without, handled = s["co.hotspots"], s["co.no_permit"], s["co.handled_rate"]

    doc:section("Xây sai ở đâu, xử lý dứt điểm chưa", function()
      local found = s["co.violations"]
      answer.say(doc, s, { { hot, "Đang có {} nóng", hot }, { found, "{} phát hiện {} vi phạm", found:period(), found }, { without, "{} không phép", without },
                           { handled, "xử lý dứt điểm {} số vi phạm", handled } })
      doc:finding { s["co.violation_rate"], s["co.violation_rate"]:change(), s["co.violation_rate"]:target(), plain = true }
      doc:line { handled, threshold = true }
      doc:line { hot, threshold = true }
    end)

    doc:section("Cấp phép có nhanh không", function()
      doc:finding { s["co.permits"], s["co.permits"]:change(), s["co.permits_ontime"], s["co.permits_ontime"]:target(), plain = true }
    end)

    doc:section("Xã, phường nào để tồn đọng", function()
      doc:map { handled, by = "commune", worst = 6 }
      doc:table { s:communes():worst(6, s["co.violations"]), title = "Xã, phường nhiều công trình vi phạm nhất",
                  columns = { s["co.violations"], without, handled, hot, s["co.inspected"], s["co.permits_ontime"] } }
    end)

    doc:section("Có phát hiện từ đầu không", function()
      doc:table { s:list { "co.no_permit", "co.violations", "co.inspected", "co.sat_alerts" }, title = "Không phép, vi phạm, kiểm tra, cảnh báo từ ảnh vệ tinh",
                  columns = { "value", "previous", "same_period", "ytd", "state", "spark" } }
    end)

    doc:section("Mục tiêu năm chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
