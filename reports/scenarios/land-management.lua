-- Đất đai: hồ sơ có trễ hạn không, lấn chiếm ở đâu, dự án nào giữ đất không làm.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code      = "land-management",
  audiences = { "leadership", "front" },
  rhythm    = "monthly",
  watch     = { "land.overdue_rate", "land.encroach", "land.violation_done_rate", "land.complaints", "land.idle_projects", "land.dossiers", "land.digital_rate",
                "land.converted", "land.transactions", "land.price_ratio", "land.forest_cover" },

  trigger = function(now)
    if now["land.encroach"]:state() >= gb.danger then return "Lấn chiếm, sử dụng đất sai mục đích tăng cao" end
    if now["land.overdue_rate"]:lasting(gb.warning) >= 2 then return "Hồ sơ đất đai trễ hạn nhiều hai tháng liên tiếp" end
    if now["land.price_ratio"]:state() >= gb.danger then return "Giá giao dịch đất biến động bất thường so với bảng giá" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "đôn đốc chi nhánh văn phòng đăng ký đất đai có hồ sơ sắp trễ hạn", within = gb.days(5), about = { "land.overdue_rate" } },
    warning   = { { who = gb.commune_committees, does = "lập biên bản, ngăn chặn lấn chiếm ngay khi phát sinh", within = gb.days(2),
                    about = { "land.encroach" }, with = gb.lead },
                  { who = gb.lead, does = "báo cáo nguyên nhân trễ hạn theo từng thủ tục, phương án xử lý", within = gb.days(5), about = { "land.overdue_rate" } } },
    danger    = { { who = gb.chair, does = "chỉ đạo cưỡng chế vi phạm, xem xét trách nhiệm người đứng đầu địa bàn", within = gb.days(7),
                    about = { "land.encroach", "land.violation_done_rate" } },
                  { who = gb.lead, does = "thanh tra dự án chậm đưa đất vào sử dụng, đề xuất thu hồi", within = gb.days(10), about = { "land.idle_projects" } } },
    emergency = { who = gb.chair, does = "họp với các địa bàn có điểm nóng đất đai, quyết định biện pháp ổn định tình hình", within = gb.days(2),
                  about = { "land.complaints", "land.encroach" }, with = gb.agency("cong-an") },
  },

  decide = {
    "Dự án thu hồi đất do chậm đưa vào sử dụng.",
    "Địa bàn phải xử lý dứt điểm lấn chiếm và thời hạn.",
    "Thủ tục đất đai cần cắt giảm thời gian.",
  },

  body = function(doc, s)
    local late, encroach, done, idle = s["land.overdue_rate"], s["land.encroach"], s["land.violation_done_rate"], s["land.idle_projects"]

    doc:section("Hồ sơ có trễ hạn không, lấn chiếm có xử lý không", function()
      answer.say(doc, s, { { late, "Trong {}, {} hồ sơ đất đai trễ hạn", late:period(), late }, { encroach, "phát hiện {} lấn chiếm, sử dụng sai mục đích", encroach },
                           { done, "đã xử lý {} vi phạm", done }, { idle, "{} chậm đưa đất vào sử dụng", idle } })
      doc:line { late, threshold = true, last_year = true, forecast = true }
      doc:missed { s:watch() }
      doc:finding { s["land.complaints"], s["land.complaints"]:change(), s["land.complaints"]:same_period(), plain = true }
    end)

    doc:section("Lấn chiếm, trễ hạn ở đâu", function()
      doc:map { encroach, by = "commune" }
      doc:heat { { late, s["land.dossiers"], s["land.digital_rate"], s["land.complaints"] }, by = "commune", worst = 6 }
    end)

    doc:section("Thị trường, chuyển mục đích, rừng", function()
      doc:multiples { { s["land.transactions"], s["land.converted"] }, periods = 17 }
      doc:finding { s["land.price_ratio"], s["land.price_ratio"]:same_period(), s["land.forest_cover"], plain = true }
    end)

    closing.meeting(doc, s)
  end,
}
