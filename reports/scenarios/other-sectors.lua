-- Các ngành khác khi có yêu cầu; trước hết y tế, giáo dục, văn hóa, nội vụ: thiếu người, thiếu cơ sở ở đâu, so với mục tiêu còn xa không.
-- Khung chung: muốn có kịch bản cho một ngành mới, sao chép tệp này, đổi mã và các chỉ số.
local closing = use "closing"

return gb.scenario {
  code   = "other-sectors",
  rhythm = "monthly",
  watch  = { "he.doctors", "ep.bed_rate", "he.emr_rate", "ed.standard_rate", "ed.teacher_gap", "ed.graduation_rate", "her.sites", "her.degraded",
             "her.digitised_rate", "cu.family_rate", "ho.vacancies", "ho.trained_rate" },

  actions = {
    watch     = { who = gb.owner("ed.teacher_gap"), does = "rà soát chỉ tiêu chưa đạt, nêu nguyên nhân và mốc đạt", within = gb.days(10) },
    warning   = { { who = gb.agency("so-noi-vu"), does = "đề xuất điều động, tuyển bổ sung công chức xã, giáo viên, bác sĩ còn thiếu", within = gb.days(15) },
                  { who = gb.owner("her.degraded"), does = "lập danh mục di tích cần tu bổ khẩn cấp, nguồn vốn", within = gb.days(15) } },
    danger    = { { who = gb.chair, does = "họp với các sở, giao chỉ tiêu tuyển dụng và vốn tu bổ cho từng địa bàn", within = gb.days(10) },
                  { who = gb.owner("ep.bed_rate"), does = "điều phối người bệnh giữa các bệnh viện, tăng giường dự phòng", within = gb.days(2) } },
    emergency = { who = gb.chair, does = "chỉ đạo bảo đảm ngay người và cơ sở cho dịch vụ thiết yếu", within = gb.days(2) },
  },

  decide = {
    "Biên chế, tuyển dụng cho nơi thiếu nhiều nhất.",
    "Di tích được tu bổ, số hóa trong năm.",
    "Chỉ tiêu của ngành phải điều chỉnh giải pháp.",
  },

  body = function(doc, s)
    doc:section("Mục tiêu nào còn xa", function()
      doc:missed { s:watch() }
      doc:table { s:list { "he.doctors", "ep.bed_rate", "he.emr_rate" }, title = "Y tế", columns = { "value", "same_period", "target", "state", "period" } }
      doc:table { s:list { "ed.standard_rate", "ed.graduation_rate", "ho.trained_rate" }, title = "Giáo dục, đào tạo", columns = { "value", "same_period", "target", "state", "period" } }
      doc:table { s:list { "cu.family_rate", "her.sites", "her.digitised_rate" }, title = "Văn hóa, di sản", columns = { "value", "same_period", "target", "state", "period" } }
    end)

    doc:section("Thiếu người ở đâu", function()
      doc:finding { s["ed.teacher_gap"], s["ed.teacher_gap"]:change() }
      doc:finding { s["ho.vacancies"], s["ho.vacancies"]:change() }
      doc:heat { { s["ed.teacher_gap"], s["ho.vacancies"] }, by = "commune", worst = 15 }
      doc:map { s["ed.teacher_gap"], by = "commune" }
    end)

    doc:section("Di sản xuống cấp ở đâu", function()
      doc:finding { s["her.degraded"], s["her.degraded"]:change() }
      doc:bars { s["her.degraded"], by = "commune", worst = 10 }
    end)

    closing.meeting(doc, s)
  end,
}
