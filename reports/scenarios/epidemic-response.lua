-- Dịch bệnh: ca bệnh có tăng liên tiếp không, ổ dịch ở đâu, bệnh viện còn chịu được không.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "epidemic-response",
  rhythm = "weekly",
  watch  = { "ep.dengue", "ep.hfmd", "ep.dengue_outbreaks", "ep.bi", "ep.group_a", "ep.bed_rate", "ep.icu_free", "ep.vaccine_rate", "ep.food_poison" },

  trigger = function(now)
    if now["ep.group_a"]:state() >= gb.watch then return "Phát hiện ca bệnh truyền nhiễm nhóm A" end
    for _, cases in ipairs { now["ep.dengue"], now["ep.hfmd"] } do
      if cases:rising() >= 3 and cases:state() >= gb.watch then return cases:name() .. " tăng ba tuần liên tiếp" end
    end
    if now["ep.food_poison"]:state() >= gb.warning then return "Có vụ ngộ độc thực phẩm nhiều người mắc" end
    if now["ep.icu_free"]:state() >= gb.danger then return "Giường hồi sức tích cực gần hết" end
  end,

  -- Tin CAP cho trung tâm điều hành; giường bệnh, tiêm chủng không phải là hiểm họa để báo.
  cap = {
    { event = "Dịch sốt xuất huyết Dengue", category = "Health", about = { "ep.dengue", "ep.dengue_outbreaks", "ep.bi" } },
    { event = "Dịch tay chân miệng", category = "Health", about = { "ep.hfmd" } },
    { event = "Bệnh truyền nhiễm nhóm A", category = "Health", about = { "ep.group_a" } },
    { event = "Ngộ độc thực phẩm", category = "Health", about = { "ep.food_poison" } },
  },

  actions = {
    watch     = { who = gb.lead, does = "giám sát ca bệnh, véc tơ tại xã, phường có ca mắc tăng", within = gb.days(3) },
    warning   = { { who = gb.lead, does = "khoanh vùng, xử lý từng ổ dịch, thông báo cho nhân dân cách phòng bệnh", within = gb.days(2),
                    about = { "ep.dengue", "ep.hfmd", "ep.dengue_outbreaks", "ep.bi", "ep.group_a" } },
                  { who = gb.commune_committees, does = "ra quân vệ sinh môi trường, diệt bọ gậy tại hộ gia đình", within = gb.days(3),
                    about = { "ep.dengue", "ep.dengue_outbreaks", "ep.bi" }, with = gb.lead } },
    danger    = { { who = gb.lead, does = "huy động đội cơ động chống dịch, tăng giường điều trị và thuốc dự phòng", within = gb.days(1),
                    about = { "ep.dengue", "ep.hfmd", "ep.dengue_outbreaks", "ep.bi", "ep.group_a", "ep.bed_rate", "ep.icu_free" } },
                  { who = gb.chair, does = "chỉ đạo các ngành phối hợp dập dịch, quyết định kinh phí khẩn cấp", within = gb.days(2),
                    about = { "ep.dengue", "ep.hfmd", "ep.dengue_outbreaks", "ep.bi", "ep.group_a" } } },
    emergency = { who = gb.chair, does = "xem xét công bố dịch theo thẩm quyền, áp dụng biện pháp cách ly, phân tuyến điều trị", within = gb.days(1),
                  about = { "ep.dengue", "ep.hfmd", "ep.dengue_outbreaks", "ep.bi", "ep.group_a" } },
  },

  decide = {
    "Địa bàn phải xử lý ổ dịch trong tuần và lực lượng phối hợp.",
    "Kinh phí, thuốc, hóa chất bổ sung.",
    "Phân tuyến điều trị khi công suất giường bệnh vượt ngưỡng.",
  },

  body = function(doc, s)
    local dengue, hfmd, nests, icu = s["ep.dengue"], s["ep.hfmd"], s["ep.dengue_outbreaks"], s["ep.icu_free"]

    doc:section("Ca bệnh có tăng không, bệnh viện còn chịu được không", function()
      answer.say(doc, s, { { dengue, "Trong {} có {} sốt xuất huyết, " .. answer.course(dengue, "đang tăng", "đang giảm", "chưa rõ chiều hướng"), dengue:period(), dengue }, { hfmd, "{} tay chân miệng", hfmd },
                           { nests, "{} sốt xuất huyết đang hoạt động", nests }, { icu, "còn {} hồi sức tích cực trống", icu } })
      doc:line { dengue, last_year = true, threshold = true, forecast = true }
      doc:line { hfmd, last_year = true, threshold = true, forecast = true }
    end)

    doc:section("Ổ dịch ở đâu", function()
      doc:contributions { dengue, worst = 6, title = "Xã, phường nào góp nhiều nhất vào thay đổi của số ca sốt xuất huyết" }
      doc:map { dengue, by = "commune" }
      doc:bars { nests, by = "commune", worst = 8 }
      doc:bars { s["ep.bi"], by = "commune", worst = 8 }
    end)

    doc:section("Bệnh khác, điều trị và dự phòng", function()
      doc:finding { s["ep.group_a"], s["ep.food_poison"], plain = true }
      doc:finding { s["ep.bed_rate"], s["ep.bed_rate"]:change(), s["ep.vaccine_rate"], s["ep.vaccine_rate"]:target(), plain = true }
      doc:missed { s:watch() }
    end)

    closing.meeting(doc, s)
  end,
}
