-- Phòng thủ dân sự. Câu hỏi của lãnh đạo: địa bàn đang ở cấp nào, cảnh báo có tới người dân không, cần thì huy động được ngay không.
-- Chỉ nêu tổng số sẵn sàng; phân bố lực lượng, phương tiện theo địa bàn không thuộc báo cáo này.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "civil-defence",
  rhythm = "weekly",
  watch  = { "cd.level", "dis.risk_level", "dis.casualties", "dis.evacuated", "cd.alert_reach", "cd.response_min", "cd.forces", "cd.plans_rate", "cd.drills" },

  trigger = function(now)
    if now["cd.level"]:value() >= gb.number(1) then return "Đang ban bố cấp độ phòng thủ dân sự tại địa bàn" end
    if now["dis.risk_level"]:state() >= gb.danger then return "Rủi ro thiên tai từ cấp ba trở lên, phải xem xét ban bố cấp độ phòng thủ dân sự" end
    if now["dis.casualties"]:state() >= gb.warning then return "Nhiều người chết, mất tích do thiên tai, sự cố" end
    if now["cd.response_min"]:lasting(gb.warning) >= 2 then return "Lực lượng có mặt tại hiện trường chậm hai tuần liên tiếp" end
  end,

  actions = {
    watch     = { { who = gb.lead, does = "duy trì trực chỉ huy, rà lại quân số sẵn sàng và phương tiện của lực lượng tại chỗ", within = gb.hours(12),
                    about = { "cd.level", "dis.risk_level", "dis.casualties", "cd.response_min" } },
                  { who = gb.commune_committees, does = "thử loa, tin nhắn cảnh báo đến từng thôn, tổ dân phố; báo nơi không nhận được", within = gb.days(1),
                    about = { "cd.alert_reach" } } },
    warning   = { { who = gb.lead, does = "tham mưu cấp độ phòng thủ dân sự và phạm vi áp dụng, đưa lực lượng cơ động vào tư thế chờ lệnh", within = gb.hours(6),
                    about = { "cd.level", "dis.risk_level", "dis.casualties" }, with = gb.agency("cong-an") },
                  { who = gb.commune_committees, does = "cập nhật phương án, lập danh sách hộ phải sơ tán theo từng khu vực", within = gb.hours(12),
                    about = { "cd.plans_rate", "cd.level", "dis.risk_level" }, with = gb.lead } },
    danger    = { { who = gb.chair, does = "quyết định cấp độ phòng thủ dân sự theo thẩm quyền, lệnh huy động lực lượng và sơ tán", within = gb.hours(2),
                    about = { "cd.level", "dis.risk_level", "dis.casualties" } },
                  { who = gb.lead, does = "điều lực lượng đến địa bàn trọng điểm, giữ thông tin chỉ huy thông suốt", within = gb.hours(2),
                    about = { "cd.level", "dis.risk_level", "dis.casualties" }, with = gb.agency("cong-an") },
                  { who = gb.owner("dis.risk_level"), does = "cập nhật diễn biến, dự báo cho sở chỉ huy từng ba giờ", within = gb.hours(3),
                    about = { "cd.level", "dis.risk_level", "dis.casualties" } } },
    emergency = { { who = gb.chair, does = "chỉ huy tại sở chỉ huy phòng thủ dân sự, báo cáo và đề nghị cấp trên chi viện", within = gb.hours(1),
                    about = { "cd.level", "dis.risk_level", "dis.casualties" } },
                  { who = gb.lead, does = "huy động toàn bộ lực lượng sẵn sàng, hiệp đồng với các đơn vị đứng chân trên địa bàn", within = gb.hours(1),
                    about = { "cd.level", "dis.risk_level", "dis.casualties" }, with = gb.agency("cong-an") } },
  },

  decide = {
    "Cấp độ phòng thủ dân sự, phạm vi và thời gian áp dụng; điều kiện để bãi bỏ.",
    "Địa bàn phải sơ tán và lực lượng được huy động, hiệp đồng.",
    "Xã, phường phải bổ sung phương tiện cảnh báo và thời hạn hoàn thành.",
  },

  body = function(doc, s)
    local level, risk, reach, minutes = s["cd.level"], s["dis.risk_level"], s["cd.alert_reach"], s["cd.response_min"]

    doc:section("Địa bàn đang ở cấp nào", function()
      local people = { s["dis.casualties"], "{} chết, mất tích do thiên tai, sự cố", s["dis.casualties"] }
      local moved  = { s["dis.evacuated"], "{} đã sơ tán, di dời", s["dis.evacuated"] }
      if level:value() >= gb.number(1) then
        answer.say(doc, s, { { level, "Đang ban bố phòng thủ dân sự {}", level }, { risk, "rủi ro thiên tai đang cảnh báo {}", risk }, people, moved })
      elseif level:value() == gb.number(0) and risk:state() >= gb.watch then
        answer.say(doc, s, { { risk, "Chưa nơi nào ban bố cấp độ phòng thủ dân sự, nhưng đang cảnh báo rủi ro thiên tai {}: phải rà lại lực lượng tại chỗ, sẵn sàng ban bố", risk }, people, moved })
      else
        answer.say(doc, s, { { level, "Không nơi nào ban bố cấp độ phòng thủ dân sự" }, { risk, "không có cảnh báo rủi ro thiên tai" }, people, moved })
      end
      if level:value() >= gb.number(1) then doc:bars { level, by = "commune", worst = 8 } end
      doc:events { { level, risk }, days = 90, step = gb.watch, limit = 4, title = "Các lần ban bố, cảnh báo trong 90 ngày" }
    end)

    doc:section("Cần thì huy động được ngay không", function()
      doc:line { minutes, threshold = true, periods = 26 }
    end)

    doc:section("Cảnh báo có tới người dân không", function()
      doc:finding { reach, reach:change(), reach:target(), plain = true }
      doc:map { reach, by = "commune", worst = 6 }
      doc:bars { reach, by = "commune", worst = 10, target = true }
    end)

    doc:section("Lực lượng, phương án và mục tiêu chưa đạt", function()
      doc:table { s:list { "cd.forces", "cd.plans_rate", "cd.drills" }, title = "Lực lượng, phương án, diễn tập",
                  columns = { "value", "previous", "target", "state", "period" } }
      doc:missed { s:watch(), title = "Mục tiêu năm chưa đạt" }
    end)

    closing.meeting(doc, s)
  end,
}
