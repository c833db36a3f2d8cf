-- Chương trình công tác lớn, chính sách quan trọng. Câu hỏi của lãnh đạo: chương trình nào chậm, chậm bao nhiêu, ai còn nợ việc.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code      = "major-programmes",
  audiences = { "leadership", "front" },
  rhythm    = "monthly",
  watch     = { "prog.targets_rate", "prog.targets_on_track", "prog.targets_total", "task.gov_overdue", "task.gov_ontime_rate", "task.gov_total",
                "task.prov_overdue", "task.prov_ontime_rate", "prog.nq57_done_rate", "inv.ntp_disbursement", "econ.grdp_growth",
                "econ.labour_productivity", "prog.ntm_communes", "soc.poor_rate" },

  trigger = function(now)
    if now["task.gov_overdue"]:state() >= gb.danger then return "Nhiều nhiệm vụ Chính phủ, Thủ tướng Chính phủ giao đã quá hạn" end
    if now["prog.targets_rate"]:state() >= gb.danger then return "Quá nhiều chỉ tiêu của các chương trình lớn chậm tiến độ" end
    if now["inv.ntp_disbursement"]:behind_pace() > gb.points(10) then
      return "Vốn chương trình mục tiêu quốc gia giải ngân chậm hơn tiến độ trên mười điểm phần trăm"
    end
    if now["prog.nq57_done_rate"]:lasting(gb.warning) >= 2 then return "Nhiệm vụ thực hiện Nghị quyết 57-NQ/TW chậm hai tháng liên tiếp" end
  end,

  actions = {
    watch     = { who = gb.office, does = "gửi từng cơ quan danh mục chỉ tiêu, nhiệm vụ sẽ đến hạn trong tháng tới", within = gb.days(5) },
    warning   = { { who = gb.office, does = "yêu cầu cơ quan có nhiệm vụ quá hạn giải trình và cam kết ngày hoàn thành, theo dõi hằng tuần", within = gb.days(5),
                    about = { "task.gov_overdue", "task.gov_ontime_rate", "task.prov_overdue", "task.prov_ontime_rate", "prog.nq57_done_rate" } },
                  { who = gb.owner("inv.ntp_disbursement"), does = "rà vốn chương trình mục tiêu quốc gia chưa phân bổ hoặc chưa giải ngân, đề xuất điều chuyển", within = gb.days(7),
                    about = { "inv.ntp_disbursement" } } },
    danger    = { { who = gb.chair, does = "họp với các cơ quan có chỉ tiêu chậm nhất, giao lại mốc và người chịu trách nhiệm", within = gb.days(7) },
                  { who = gb.office, does = "hoàn thành báo cáo gửi Chính phủ về nhiệm vụ quá hạn và thời hạn mới", within = gb.days(5),
                    about = { "task.gov_overdue", "task.gov_ontime_rate" } } },
    emergency = { { who = gb.chair, does = "kiểm điểm trách nhiệm người đứng đầu cơ quan nợ việc, báo cáo cấp ủy về mục tiêu không đạt", within = gb.days(5) } },
  },

  decide = {
    "Chỉ tiêu có nguy cơ không đạt cả năm: bù bằng cách nào, ai chịu trách nhiệm.",
    "Nhiệm vụ Chính phủ giao quá hạn: thời hạn cuối của từng nhiệm vụ.",
    "Vướng về cơ chế, chính sách phải trình cấp trên hoặc Hội đồng nhân dân.",
  },

  body = function(doc, s)
    local rate, gov, own = s["prog.targets_rate"], s["task.gov_overdue"], s["task.prov_overdue"]

    doc:section("Các chương trình lớn có đúng tiến độ không", function()
      answer.say(doc, s, { { rate, "{} đạt hoặc đúng tiến độ, bằng {} tổng số {}", s["prog.targets_on_track"], rate, s["prog.targets_total"] },
                           { gov, "{} Chính phủ giao quá hạn", gov }, { own, "{} địa phương giao quá hạn", own } })
      doc:bullet { rate }
      doc:missed { s:watch(), title = "Mục tiêu chưa đạt hoặc chậm tiến độ, nặng nhất trước" }
    end)

    doc:section("Việc Chính phủ giao, việc địa phương giao", function()
      doc:finding { s["task.gov_ontime_rate"], s["task.gov_ontime_rate"]:change(), s["task.gov_total"], plain = true }
      doc:line { gov, threshold = true }
      doc:line { own, threshold = true }
      doc:bars { s["task.prov_ontime_rate"], by = "commune", worst = 12, target = true }
    end)

    doc:section("Vốn chương trình mục tiêu quốc gia và Nghị quyết 57", function()
      local ntp, nq57 = s["inv.ntp_disbursement"], s["prog.nq57_done_rate"]
      doc:finding { ntp, ntp:against_pace(), ntp:same_period(), plain = true }
      doc:line { ntp, pace = true, last_year = true }
      doc:line { nq57, threshold = true }
    end)

    doc:section("Kết quả chính sách lớn", function()
      doc:table { s:list { "econ.grdp_growth", "econ.labour_productivity", "prog.ntm_communes", "soc.poor_rate" }, title = "Tăng trưởng, năng suất, nông thôn mới, giảm nghèo",
                  columns = { "value", "same_period", "target", "state", "period", "spark" } }
    end)

    closing.meeting(doc, s)
  end,
}
