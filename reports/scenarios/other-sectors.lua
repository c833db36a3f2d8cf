-- Các ngành khác khi có yêu cầu; trước hết y tế, giáo dục, văn hóa, nội vụ: thiếu người, thiếu cơ sở ở đâu, so với mục tiêu còn xa không.
-- Khung chung: muốn có kịch bản cho một ngành mới, sao chép tệp này, đổi mã và các chỉ số.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "other-sectors",
  rhythm = "monthly",
  watch  = { "he.doctors", "ep.bed_rate", "he.emr_rate", "ed.standard_rate", "ed.teacher_gap", "ed.graduation_rate", "her.sites", "her.degraded",
             "her.digitised_rate", "cu.family_rate", "ho.vacancies", "ho.trained_rate" },

  actions = {
    watch     = { who = gb.owner("ed.teacher_gap"), does = "rà soát chỉ tiêu chưa đạt, nêu nguyên nhân và mốc đạt", within = gb.days(10) },
    warning   = { { who = gb.agency("so-noi-vu"), does = "đề xuất điều động, tuyển bổ sung công chức xã, giáo viên, bác sĩ còn thiếu", within = gb.days(15),
                    about = { "ho.vacancies", "ed.teacher_gap", "he.doctors" } },
                  { who = gb.owner("her.degraded"), does = "lập danh mục di tích cần tu bổ khẩn cấp, nguồn vốn", within = gb.days(15), about = { "her.degraded" } } },
    danger    = { { who = gb.chair, does = "họp với các sở, giao chỉ tiêu tuyển dụng và vốn tu bổ cho từng địa bàn", within = gb.days(10),
                    about = { "ho.vacancies", "ed.teacher_gap", "he.doctors", "her.degraded" } },
                  { who = gb.owner("ep.bed_rate"), does = "điều phối người bệnh giữa các bệnh viện, tăng giường dự phòng", within = gb.days(2), about = { "ep.bed_rate" } } },
    emergency = { who = gb.chair, does = "chỉ đạo bảo đảm ngay người và cơ sở cho dịch vụ thiết yếu", within = gb.days(2),
                  about = { "ho.vacancies", "ed.teacher_gap", "he.doctors", "ep.bed_rate" } },
  },

  decide = {
    "Biên chế, tuyển dụng cho nơi thiếu nhiều nhất.",
    "Di tích được tu bổ, số hóa trong năm.",
    "Chỉ tiêu của ngành phải điều chỉnh giải pháp.",
  },

  body = function(doc, s)
    local gap, empty, worn, beds = s["ed.teacher_gap"], s["ho.vacancies"], s["her.degraded"], s["ep.bed_rate"]

    doc:section("Thiếu người, thiếu cơ sở, còn xa mục tiêu nào", function()
      answer.say(doc, s, { { gap, "Giáo viên còn thiếu {} so với định mức ({})", gap, gap:period() }, { empty, "công chức xã, phường còn thiếu {} ({})", empty, empty:period() },
                           { worn, "{} xuống cấp cần tu bổ", worn }, { beds, "giường bệnh đang dùng {}", beds } })
      doc:missed { s:watch() }
      doc:bars { worn, by = "commune", worst = 10 }
    end)

    doc:section("Y tế, giáo dục, văn hóa, nội vụ đang ở đâu", function()
      doc:multiples { { s["ed.standard_rate"], s["he.emr_rate"], s["her.digitised_rate"] }, periods = 8 }
      doc:table { s:list { "he.doctors", "ed.graduation_rate", "ho.trained_rate", "cu.family_rate", "her.sites" }, by = "sector",
                  title = "Chỉ số tính theo năm", columns = { "value", "same_period", "state", "period" } }
    end)

    doc:section("Thiếu người ở đâu", function()
      doc:heat { { empty, gap }, by = "commune", worst = 8 }
      doc:map { gap, by = "commune" }
    end)

    closing.meeting(doc, s)
  end,
}
