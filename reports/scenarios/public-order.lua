-- Trật tự, an ninh. Câu hỏi của lãnh đạo: ngày qua có gì, tội phạm tăng hay giảm, ở đâu; dân báo tin có được giải quyết không.
-- Camera chỉ cho con số: không hình ảnh, không người, không vị trí camera. Không dùng bản đồ cho camera và cảnh báo hình ảnh.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "public-order",
  rhythm = "daily",
  watch  = { "po.disorder", "po.crimes", "po.drugs", "po.cyber", "po.citizen_tips", "po.alerts", "po.solve_rate", "po.reports_rate", "po.camera_rate",
             "po.safe_communes" },

  trigger = function(now)
    local disorder = now["po.disorder"]
    if disorder:state() >= gb.danger then return "Nhiều vụ gây rối trật tự công cộng trong ngày" end
    if disorder:lasting(gb.watch) >= 3 then return "Gây rối trật tự công cộng xảy ra nhiều ba ngày liên tiếp" end
    if now["po.crimes"]:state() >= gb.danger then return "Số vụ phạm tội về trật tự xã hội tăng đến mức nguy hiểm" end
    if now["po.cyber"]:rising() >= 3 and now["po.cyber"]:state() >= gb.warning then return "Lừa đảo trên không gian mạng tăng ba tuần liên tiếp" end
    if now["po.drugs"]:state() >= gb.danger then return "Số vụ phạm tội về ma túy tăng đến mức nguy hiểm" end
  end,

  actions = {
    watch     = { { who = gb.lead, does = "tăng tuần tra tại địa bàn, khung giờ có vụ việc; kiểm tra cơ sở kinh doanh có điều kiện", within = gb.days(1),
                    about = { "po.disorder", "po.crimes", "po.drugs" } },
                  { who = gb.commune_committees, does = "nhắc tổ bảo vệ an ninh, trật tự ở cơ sở tuần tra buổi tối, tiếp nhận tin của dân", within = gb.days(1),
                    about = { "po.disorder", "po.crimes", "po.drugs" } } },
    warning   = { { who = gb.lead, does = "mở đợt cao điểm với loại tội phạm đang tăng, công khai kết quả", within = gb.days(3),
                    about = { "po.disorder", "po.crimes", "po.drugs" } },
                  { who = gb.lead, does = "cảnh báo thủ đoạn lừa đảo qua loa, tin nhắn và ngân hàng trên địa bàn", within = gb.days(1),
                    about = { "po.cyber" }, with = gb.commune_committees } },
    danger    = { { who = gb.lead, does = "lập chuyên án với nhóm gây án nhiều địa bàn, điều lực lượng tăng cường cho cơ sở", within = gb.hours(12),
                    about = { "po.disorder", "po.crimes", "po.drugs" } },
                  { who = gb.chair, does = "họp với các ngành và địa bàn phức tạp nhất, giao chỉ tiêu kéo giảm tội phạm", within = gb.days(3),
                    about = { "po.disorder", "po.crimes", "po.drugs", "po.cyber" } } },
    emergency = { { who = gb.chair, does = "chỉ đạo ổn định tình hình tại địa bàn, báo cáo cấp ủy", within = gb.hours(2),
                    about = { "po.disorder", "po.crimes" }, with = gb.lead } },
  },

  decide = {
    "Địa bàn, loại tội phạm phải mở đợt cao điểm và thời gian.",
    "Khu vực cần bổ sung chiếu sáng, camera, tuần tra đêm.",
    "Tin báo của dân chưa giải quyết: thời hạn trả lời.",
  },

  body = function(doc, s)
    local disorder, crimes, cyber = s["po.disorder"], s["po.crimes"], s["po.cyber"]

    doc:section("Ngày qua có gì", function()
      answer.say(doc, s, { { disorder, "Ngày {} có {} gây rối trật tự công cộng", disorder:period(), disorder },
                           { crimes, "tội phạm về trật tự xã hội {}: {} khởi tố ({})", answer.course(crimes, "đang tăng", "đang giảm", "chưa rõ chiều hướng"), crimes, crimes:period() },
                           { cyber, "{} lừa đảo trên không gian mạng ({})", cyber, cyber:period() } })
      doc:finding { s["po.citizen_tips"], s["po.citizen_tips"]:change(), s["po.alerts"], s["po.alerts"]:change(), plain = true }
      doc:calendar { disorder, days = 182 }
    end)

    doc:section("Tội phạm tăng hay giảm", function()
      doc:multiples { { crimes, s["po.drugs"] }, periods = 17, title = "Trật tự xã hội và ma túy theo tháng" }
    end)

    doc:section("Ở đâu", function()
      doc:map { crimes, by = "commune", worst = 6 }
      doc:table { s:communes():worst(8, crimes), title = "Xã, phường có nhiều vụ nhất", columns = { crimes, s["po.drugs"], cyber, disorder, s["po.citizen_tips"] } }
    end)

    doc:section("Phá án, trả lời tin báo", function()
      doc:table { s:list { "po.crimes", "po.drugs", "po.cyber" }, title = "Tội phạm trong kỳ và lũy kế", columns = { "value", "previous", "same_period", "ytd", "ytd_change", "state", "period" } }
      doc:table { s:list { "po.solve_rate", "po.reports_rate", "po.safe_communes", "po.camera_rate" }, title = "Phá án, giải quyết tin báo, xã, phường an toàn, camera hoạt động",
                  columns = { "value", "previous", "target", "state", "period" } }
      doc:note("Báo cáo này chỉ nhận số đếm từ phân tích hình ảnh; không nhận hình ảnh, danh tính, vị trí camera.")
    end)

    doc:section("Mục tiêu năm chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
