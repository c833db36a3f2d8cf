-- Chương trình công tác lớn, nghị quyết trụ cột: bao nhiêu chỉ tiêu đúng tiến độ, chương trình nào trễ, dân được gì.
local group = use "group"

return gb.group {
  code      = "ig-major-programmes",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local rate, nq57, ntp = s["prog.targets_rate"], s["prog.nq57_done_rate"], s["inv.ntp_disbursement"]

    doc:section("Bao nhiêu chỉ tiêu đúng tiến độ", function()
      doc:finding { rate, rate:change(), plain = true }
      doc:figures { s:list { "prog.targets_total", "prog.targets_on_track", "prog.targets_rate" } }
      doc:line { rate, threshold = true }
    end)

    doc:section("Khoa học, công nghệ và chuyển đổi số (Nghị quyết 57-NQ/TW)", function()
      doc:finding { nq57, nq57:change(), s["dx.digital_gdp"], s["dx.digital_gdp"]:same_period(), plain = true }
      doc:line { nq57, threshold = true }
    end)

    doc:section("Chương trình mục tiêu quốc gia và nông thôn mới", function()
      doc:finding { ntp, ntp:against_pace(), plain = true }
      doc:line { ntp, pace = true, last_year = true }
      doc:finding { s["prog.ntm_communes"], s["prog.ntm_communes"]:change() }
    end)

    doc:section("Giảm nghèo, nhà ở", function()
      doc:finding { s["soc.poor_rate"], s["soc.poor_rate"]:same_period(), s["soc.housing_done"], s["soc.housing_done"]:same_period(), plain = true }
      doc:bars { s["soc.poor_rate"], by = "commune", worst = 10 }
    end)

    group.closing(doc, s)
  end,
}
