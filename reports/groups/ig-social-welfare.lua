-- Phúc lợi, an sinh: tiền trợ cấp có đến đúng hạn không, nghèo và việc làm ra sao, nơi nào còn thiếu bảo hiểm, nước sạch.
local group = use "group"

return gb.group {
  code      = "ig-social-welfare",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local paid, cashless, poor, health = s["soc.paid_ontime_rate"], s["soc.cashless_rate"], s["soc.poor_rate"], s["soc.bhyt_rate"]

    doc:section("Trợ cấp có đến tay người dân đúng hạn không", function()
      doc:finding { paid, paid:change(), cashless, cashless:change() }
      doc:figures { s:list { "soc.beneficiaries", "soc.paid_ontime_rate", "soc.cashless_rate" } }
      doc:bars { paid, by = "commune", worst = 12 }
    end)

    doc:section("Ai còn nghèo, ở đâu", function()
      doc:finding { poor, poor:same_period(), s["soc.housing_done"], s["soc.housing_done"]:same_period() }
      doc:map { poor, by = "commune" }
      doc:table { s:communes():worst(12, poor), title = "Các xã, phường có tỷ lệ hộ nghèo cao nhất", columns = { poor, s["soc.poor_hh"], health, s["soc.housing_done"] } }
    end)

    doc:section("Việc làm và bảo hiểm", function()
      doc:finding { s["econ.jobs_created"], s["econ.jobs_created"]:against_pace(), s["econ.unemployment"], s["econ.unemployment"]:change() }
      doc:line { health, target = true, threshold = true }
      doc:table { s:list { "econ.jobs_created", "econ.unemployment", "soc.bhyt_rate", "soc.bhxh_rate" }, title = "Việc làm, bảo hiểm y tế, bảo hiểm xã hội",
                  columns = { "value", "previous", "same_period", "target", "state", "period" } }
    end)

    doc:section("Nước sạch và đơn thư về chính sách", function()
      doc:bars { s["env.clean_water"], by = "commune", worst = 10 }
      doc:finding { s["soc.policy_complaints"], s["soc.policy_complaints"]:change() }
    end)

    group.closing(doc, s)
  end,
}
