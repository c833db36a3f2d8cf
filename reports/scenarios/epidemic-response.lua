-- Dịch bệnh: ca bệnh có tăng liên tiếp không, ổ dịch ở đâu, bệnh viện còn chịu được không.
local closing = use "closing"

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

  actions = {
    watch     = { who = gb.lead, does = "giám sát ca bệnh, véc tơ tại xã, phường có ca mắc tăng", within = gb.days(3) },
    warning   = { { who = gb.lead, does = "khoanh vùng, xử lý từng ổ dịch, thông báo cho nhân dân cách phòng bệnh", within = gb.days(2) },
                  { who = gb.commune_committees, does = "ra quân vệ sinh môi trường, diệt bọ gậy tại hộ gia đình", within = gb.days(3), with = gb.lead } },
    danger    = { { who = gb.lead, does = "huy động đội cơ động chống dịch, tăng giường điều trị và thuốc dự phòng", within = gb.days(1) },
                  { who = gb.chair, does = "chỉ đạo các ngành phối hợp dập dịch, quyết định kinh phí khẩn cấp", within = gb.days(2) } },
    emergency = { who = gb.chair, does = "xem xét công bố dịch theo thẩm quyền, áp dụng biện pháp cách ly, phân tuyến điều trị", within = gb.days(1) },
  },

  decide = {
    "Địa bàn phải xử lý ổ dịch trong tuần và lực lượng phối hợp.",
    "Kinh phí, thuốc, hóa chất bổ sung.",
    "Phân tuyến điều trị khi công suất giường bệnh vượt ngưỡng.",
  },

  body = function(doc, s)
    local dengue, hfmd = s["ep.dengue"], s["ep.hfmd"]

    doc:section("Ca bệnh có tăng không", function()
      doc:finding { dengue, dengue:change(), dengue:same_period() }
      doc:line { dengue, last_year = true, threshold = true }
      doc:finding { hfmd, hfmd:change(), hfmd:same_period() }
      doc:line { hfmd, last_year = true, threshold = true }
    end)

    doc:section("Ổ dịch ở đâu", function()
      doc:bars { s["ep.dengue_outbreaks"], by = "commune", worst = 10 }
      doc:bars { s["ep.bi"], by = "commune", worst = 10 }
      doc:map { dengue, by = "commune" }
      doc:bars { dengue, by = "commune", worst = 10 }
    end)

    doc:section("Bệnh khác, điều trị và dự phòng", function()
      doc:table { s:list { "ep.group_a", "ep.food_poison", "ep.bed_rate", "ep.icu_free", "ep.vaccine_rate" }, title = "Bệnh nhóm A, ngộ độc, giường bệnh, tiêm chủng",
                  columns = { "value", "previous", "threshold", "state", "period" } }
    end)

    doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
