-- An sinh xã hội: tiền đến tay người dân có đúng hạn không, xã nào còn khó, hộ nghèo có nhà ở, thẻ bảo hiểm chưa.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code      = "social-security-policy",
  audiences = { "leadership", "front" },
  rhythm    = "monthly",
  watch     = { "soc.paid_ontime_rate", "soc.cashless_rate", "soc.beneficiaries", "soc.bhyt_rate", "soc.bhxh_rate", "soc.poor_rate", "soc.poor_hh",
                "soc.housing_done", "soc.policy_complaints", "econ.jobs_created", "env.clean_water" },

  actions = {
    watch     = { who = gb.owner("soc.paid_ontime_rate"), does = "nhắc các xã, phường chi trả chậm, cập nhật danh sách đối tượng", within = gb.days(5),
                  about = { "soc.paid_ontime_rate" } },
    warning   = { { who = gb.commune_committees, does = "chi trả dứt điểm số còn nợ, thông báo lý do chậm cho người hưởng", within = gb.days(3),
                    about = { "soc.paid_ontime_rate" }, with = gb.owner("soc.paid_ontime_rate") },
                  { who = gb.office, does = "tổng hợp địa bàn chi trả chậm, báo cáo tại giao ban", within = gb.days(3), about = { "soc.paid_ontime_rate" } } },
    danger    = { { who = gb.chair, does = "chỉ đạo ứng ngân sách chi trả ngay, kiểm điểm đơn vị để chậm", within = gb.days(2), about = { "soc.paid_ontime_rate" } },
                  { who = gb.owner("soc.paid_ontime_rate"), does = "kiểm tra tại địa bàn chậm nhất", within = gb.days(3), about = { "soc.paid_ontime_rate" } } },
    emergency = { who = gb.chair, does = "họp khẩn với các đơn vị chi trả, báo cáo cấp ủy", within = gb.days(1), about = { "soc.paid_ontime_rate" } },
  },

  decide = {
    "Cơ quan chủ trì kịch bản này, do kế hoạch chưa giao.",
    "Nguồn kinh phí và thời hạn chi trả số còn nợ.",
    "Chỉ tiêu nhà ở, bảo hiểm y tế giao bổ sung cho các xã, phường còn thấp.",
  },

  body = function(doc, s)
    local paid, card, people, cash = s["soc.paid_ontime_rate"], s["soc.bhyt_rate"], s["soc.beneficiaries"], s["soc.cashless_rate"]
    local letters = s["soc.policy_complaints"]

    doc:section("Tiền có đến tay người dân đúng hạn không", function()
      answer.say(doc, s, { { paid, "Trong {}, trả đúng hạn {} trợ cấp", paid:period(), paid }, { people, "cho {}", people }, { cash, "không dùng tiền mặt {}", cash },
                           { letters, "{} thư về chính sách", letters } })
      doc:line { paid, threshold = true }
      doc:multiples { { s["econ.jobs_created"], s["soc.housing_done"], card, s["soc.bhxh_rate"] }, periods = 17, title = "Việc làm, nhà ở, bảo hiểm theo tháng" }
    end)

    doc:section("Xã, phường nào còn khó", function()
      doc:map { paid, by = "commune" }
      doc:heat { { paid, card, s["soc.poor_rate"], s["env.clean_water"] }, by = "commune", worst = 8 }
    end)

    doc:section("Mục tiêu chưa đạt", function() doc:missed { s:watch() } end)

    doc:section("Hộ nghèo, nhà ở, việc làm", function()
      doc:contributions { s["soc.poor_rate"], by = "component", title = "Tỷ lệ hộ nghèo thay đổi do đâu" }
      doc:table { s:list { "pop.households", "soc.poor_hh", "soc.poor_rate", "soc.housing_done", "econ.jobs_created" }, title = "Giảm nghèo, nhà ở, việc làm",
                  columns = { "value", "same_period", "ytd", "ytd_change", "period" } }
    end)

    closing.meeting(doc, s)
  end,
}
