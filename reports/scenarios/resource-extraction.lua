-- Khai thác tài nguyên. Câu hỏi của lãnh đạo: có khai thác bất thường không, mỏ vượt công suất và khai thác trái phép ở đâu,
-- mỏ nào còn tắt trạm cân, camera (không có số liệu thì không giám sát được).
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "resource-extraction",
  rhythm = "weekly",
  watch  = { "res.anomalies", "res.over_licence", "res.illegal", "res.scale_camera_rate", "res.stone", "res.sand", "res.mines", "res.water_licences_ok" },

  trigger = function(now)
    local odd = now["res.anomalies"]
    if odd:state() >= gb.danger then return "Nhiều cảnh báo khai thác bất thường trong ngày" end
    if odd:lasting(gb.watch) >= 3 then return "Cảnh báo khai thác bất thường kéo dài ba ngày liên tiếp" end
    if now["res.illegal"]:state() >= gb.danger then return "Khai thác khoáng sản trái phép tăng đến mức nguy hiểm" end
    if now["res.over_licence"]:state() >= gb.danger then return "Nhiều mỏ khai thác vượt công suất cho phép" end
    if now["res.scale_camera_rate"]:state() >= gb.danger then return "Nhiều mỏ không truyền dữ liệu trạm cân, camera" end
  end,

  actions = {
    watch     = { { who = gb.lead, does = "đối chiếu sản lượng, giờ khai thác, ranh giới của mỏ có cảnh báo; yêu cầu giải trình", within = gb.days(2),
                    about = { "res.anomalies", "res.over_licence" } },
                  { who = gb.lead, does = "yêu cầu mỏ mất kết nối khôi phục trạm cân, camera", within = gb.days(3), about = { "res.scale_camera_rate" } } },
    warning   = { { who = gb.lead, does = "kiểm tra tại mỏ vượt công suất, đo lại hiện trạng khai thác, lập biên bản", within = gb.days(3),
                    about = { "res.over_licence", "res.anomalies" }, with = gb.commune_committees },
                  { who = gb.commune_committees, does = "chốt chặn bến bãi, đường vào khu vực khai thác trái phép", within = gb.days(1),
                    about = { "res.illegal" }, with = gb.agency("cong-an") } },
    danger    = { { who = gb.agency("cong-an"), does = "bắt giữ phương tiện khai thác trái phép, xác minh đường tiêu thụ", within = gb.hours(12),
                    about = { "res.illegal" }, with = gb.lead },
                  { who = gb.chair, does = "xem xét đình chỉ mỏ vi phạm lặp lại, truy thu phần khai thác vượt", within = gb.days(5),
                    about = { "res.over_licence", "res.anomalies" } } },
    emergency = { { who = gb.chair, does = "dừng khai thác toàn khu vực có nguy cơ sạt lở, mất an toàn; điều tra trách nhiệm quản lý", within = gb.hours(6),
                    about = { "res.illegal", "res.over_licence" }, with = gb.agency("cong-an") } },
  },

  decide = {
    "Mỏ phải dừng khai thác và điều kiện hoạt động lại.",
    "Địa bàn để khai thác trái phép kéo dài: trách nhiệm người đứng đầu.",
    "Nguồn đá, cát cho công trình khi mỏ bị dừng: mỏ nào bù.",
  },

  body = function(doc, s)
    local odd, illegal, seen = s["res.anomalies"], s["res.illegal"], s["res.scale_camera_rate"]

    doc:section("Có khai thác bất thường không", function()
      answer.say(doc, s, { { odd, "Ngày {} có {} khai thác bất thường, {}", odd:period(), odd, answer.course(odd, "đang tăng", "đang giảm", "chưa rõ chiều hướng") },
                           { s["res.over_licence"], "{} vượt công suất", s["res.over_licence"] }, { illegal, "{} khai thác trái phép ({})", illegal, illegal:period() },
                           { seen, "{} số mỏ có trạm cân, camera đang truyền dữ liệu", seen } })
      doc:calendar { odd, days = 182 }
      doc:bars { odd, by = "commune", worst = 6 }
    end)

    doc:section("Vượt công suất, khai thác trái phép ở đâu", function()
      doc:finding { s["res.over_licence"], s["res.over_licence"]:change(), illegal, illegal:same_period(), plain = true }
      doc:map { illegal, by = "commune", worst = 6 }
    end)

    doc:section("Mỏ nào chưa nhìn thấy", function()
      doc:bars { seen, by = "commune", worst = 10, target = true }
      doc:table { s:list { "res.mines", "res.water_licences_ok" }, title = "Mỏ được phép, công trình nước đúng phép", columns = { "value", "previous", "target", "state", "period" } }
    end)

    doc:section("Sản lượng có theo mùa xây dựng không", function()
      doc:line { s["res.stone"], last_year = true }
      doc:line { s["res.sand"], last_year = true }
    end)

    doc:section("Mục tiêu năm chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
