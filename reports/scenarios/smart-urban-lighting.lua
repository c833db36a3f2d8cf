-- Chiếu sáng đô thị: nơi nào còn tối, đèn hỏng để bao lâu, tiền điện có giảm khi thay đèn LED không.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "smart-urban-lighting",
  rhythm = "weekly",
  watch  = { "li.faults", "li.on_rate", "li.fixed24_rate", "li.energy", "li.led_rate", "li.smart_rate", "li.street_rate", "li.density", "li.lamps" },

  actions = {
    watch     = { who = gb.commune_committees, does = "cập nhật đèn hỏng lên bản đồ, báo đơn vị quản lý vận hành", within = gb.days(1), about = { "li.faults", "li.on_rate", "li.fixed24_rate" } },
    warning   = { { who = gb.lead, does = "điều đội sửa chữa đến phường, xã tồn nhiều đèn hỏng nhất", within = gb.days(2), about = { "li.faults", "li.fixed24_rate" } },
                  { who = gb.lead, does = "kiểm tra tủ điều khiển, lịch bật tắt của tuyến sáng sai giờ", within = gb.days(3), about = { "li.on_rate" } } },
    danger    = { { who = gb.lead, does = "phạt hợp đồng đơn vị không khắc phục đúng hạn, bố trí đội dự phòng", within = gb.days(3), about = { "li.faults", "li.fixed24_rate" } },
                  { who = gb.agency("cong-an"), does = "tăng tuần tra đoạn đường mất chiếu sáng", within = gb.days(1),
                    about = { "li.on_rate", "li.faults" }, with = gb.commune_committees } },
    emergency = { who = gb.chair, does = "chỉ đạo khôi phục chiếu sáng trên diện rộng, cấp kinh phí khẩn cấp", within = gb.days(1), about = { "li.on_rate", "li.faults" } },
  },

  decide = {
    "Tuyến đường, xã, phường được bổ sung đèn trong quý tới.",
    "Kế hoạch thay đèn LED, đèn điều khiển thông minh và nguồn tiền từ điện tiết kiệm được.",
  },

  body = function(doc, s)
    local faults, energy, fixed = s["li.faults"], s["li.energy"], s["li.fixed24_rate"]

    doc:section("Đèn hỏng để bao lâu", function()
      answer.say(doc, s, { { faults, "{} đang hỏng chưa sửa (ngày {})", faults, faults:period() }, { fixed, "sửa trong 24 giờ được {} sự cố", fixed },
                           { energy, "điện chiếu sáng trong ngày {}", energy } })
      doc:line { faults, threshold = true, forecast = true, periods = 60 }
      doc:bars { faults, by = "commune", worst = 10 }
    end)

    doc:section("Nơi nào còn tối", function()
      doc:map { s["li.street_rate"], by = "commune" }
      doc:heat { { s["li.density"], s["li.on_rate"], s["li.fixed24_rate"], s["li.lamps"] }, by = "commune", worst = 7 }
    end)

    doc:section("Điện có giảm khi thay đèn không", function()
      doc:line { energy, last_year = true, periods = 60 }
      doc:multiples { { s["li.led_rate"], s["li.smart_rate"] }, periods = 17 }
    end)

    doc:section("Mục tiêu chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
