-- Sự kiện, lễ hội lớn: có đông quá sức chứa không, lối ra có an toàn không, người trực và nhà vệ sinh có đủ cho số khách không.
-- Chỉ có khi một sự kiện đang mở. Sơ đồ sự kiện: mỗi địa điểm là một điểm đo.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "mass-events-festivals",
  rhythm = "daily",
  watch  = { "ev.density", "ev.capacity_rate", "ev.attendance", "ev.incidents", "ev.medical_cases", "ev.security", "ev.fire_units", "ev.toilets_10k",
             "ev.waste", "ev.camera_rate", "tr.parking_rate", "env.waste_rate" },

  trigger = function(now)
    for _, place in ipairs(now:points(now["ev.density"])) do
      if place:state() >= gb.warning then return place:region():name() .. ": mật độ người đã tới mức phải điều tiết" end
    end
    for _, place in ipairs(now:points(now["ev.capacity_rate"])) do
      if place:state() >= gb.danger then return place:region():name() .. ": khách vượt sức chứa" end
    end
    for _, place in ipairs(now:points(now["ev.incidents"], now["ev.medical_cases"])) do
      if place:state() >= gb.warning then return place:region():name() .. ": nhiều sự cố, ca cấp cứu tại sự kiện" end
    end
  end,

  actions = {
    watch     = { who = gb.lead, does = "mở thêm lối vào, lối ra; thông báo cho khách qua loa và ứng dụng", within = gb.hours(1) },
    warning   = { { who = gb.agency("cong-an"), does = "dừng nhận thêm khách vào khu đông nhất, tách luồng đi một chiều", within = gb.hours(1),
                    about = { "ev.density", "ev.capacity_rate" }, with = gb.lead },
                  { who = gb.agency("so-y-te"), does = "tăng tổ cấp cứu, giữ đường cho xe cứu thương", within = gb.hours(1), about = { "ev.medical_cases" } } },
    danger    = { { who = gb.lead, does = "tạm dừng chương trình, hướng dẫn khách rời khu vực theo sơ đồ thoát", within = gb.hours(1),
                    about = { "ev.density", "ev.capacity_rate", "ev.incidents" }, with = gb.agency("cong-an") },
                  { who = gb.agency("cong-an"), does = "điều thêm lực lượng, xe chữa cháy, phân luồng các đường vào", within = gb.hours(1),
                    about = { "ev.incidents", "ev.density", "ev.capacity_rate", "tr.parking_rate" } } },
    emergency = { who = gb.chair, does = "quyết định dừng sự kiện, chỉ huy sơ tán, cứu nạn; báo cáo cấp trên", within = gb.hours(1),
                  about = { "ev.density", "ev.capacity_rate", "ev.incidents", "ev.medical_cases" }, with = gb.agency("cong-an") },
  },

  decide = {
    "Tiếp tục, tạm dừng hay rút ngắn chương trình.",
    "Lực lượng, phương tiện bổ sung và người chỉ huy hiện trường.",
    "Phương án giao thông, bãi đỗ và giờ kết thúc.",
  },

  body = function(doc, s)
    local density, present = s:points(s["ev.density"]), s["ev.attendance"]

    if #density + #s:points(present) == 0 then
      doc:text("Không có sự kiện, lễ hội nào đang mở có số liệu đến ngày {}.", s:date())
      doc:missed { s:watch() }
      doc:source()
      return
    end

    doc:section("Có đông quá mức an toàn không", function()
      local said = { { present, "Lúc {} có {} tại các địa điểm sự kiện", present:period(), present } }
      for _, place in ipairs(s:take(1, density)) do if place:value() >= gb.number("0,1") then table.insert(said, { place, "mật độ cao nhất {} ({})", place, place:region() }) end end
      table.insert(said, { s["ev.incidents"], "{} an ninh, trật tự", s["ev.incidents"] })
      table.insert(said, { s["ev.medical_cases"], "{} sơ cứu, cấp cứu", s["ev.medical_cases"] })
      answer.say(doc, s, said)
      doc:heat { { s["ev.density"], s["ev.capacity_rate"], s["ev.incidents"], s["ev.medical_cases"] }, by = "point", worst = 6 }
      doc:map { present, by = "point" }
      doc:note("Từ năm người một mét vuông, đám đông khó tự điều chỉnh: phải điều tiết trước mức này.")
      doc:events { { s["ev.density"], s["ev.capacity_rate"], s["ev.incidents"], s["ev.medical_cases"] }, by = "point", days = 30, limit = 5,
                   title = "Những lần phải điều tiết trong 30 ngày" }
    end)

    doc:section("Diễn biến trong ngày", function()
      doc:multiples { s:take(3, s:points(present)), periods = 24, shared = true }
    end)

    doc:section("Người và phương tiện trực có đủ không", function()
      doc:heat { { s["ev.security"], s["ev.fire_units"], s["ev.camera_rate"], s["ev.toilets_10k"] }, by = "point", worst = 12 }
      doc:finding { s["ev.waste"], plain = true }
      doc:table { s:take(4, s:points(s["tr.parking_rate"])), title = "Bãi đỗ xe đầy nhất", columns = { "value", "previous", "threshold", "state" } }
      doc:radius { present, km = 2, worst = 2, map = false }
    end)

    doc:section("Mục tiêu chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
