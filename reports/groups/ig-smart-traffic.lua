-- Giao thông thông minh: đường có thông không, thiết bị có chạy không, tai nạn có giảm không.
local group = use "group"

return gb.group {
  code      = "ig-smart-traffic",
  audiences = { "leadership", "ioc" },
  rhythm    = "daily",

  body = function(doc, s)
    local jams, minutes, clear, accidents = s["tr.jams"], s["tr.jam_minutes"], s["tr.clear_min"], s["ts.accidents"]

    doc:section("Đường có thông không", function()
      doc:finding { jams, jams:level(), minutes, minutes:level() }
      doc:line { jams, threshold = true }
      doc:bars { jams, by = "commune", worst = 8 }
      doc:table { s:points(s["tr.speed"]), title = "Tốc độ lưu thông theo trục", columns = { "value", "previous", "threshold", "state", "period" } }
    end)

    doc:section("Gỡ ùn tắc có nhanh không", function()
      doc:finding { clear, clear:change() }
      doc:line { clear, threshold = true }
      doc:finding { s["tr.reports"], s["tr.reports"]:change() }
    end)

    doc:section("Thiết bị có chạy không", function()
      doc:table { s:list { "tr.signals_rate", "tr.camera_rate", "ts.camera_fines" }, title = "Đèn tín hiệu, camera, phạt nguội",
                  columns = { "value", "previous", "target", "state", "period", "spark" } }
    end)

    doc:section("Tai nạn có giảm không", function()
      doc:finding { accidents, accidents:ytd_change(), s["ts.deaths"], s["ts.deaths"]:ytd_change() }
      doc:bars { s["ts.blackspots"], by = "commune", worst = 10 }
    end)

    doc:section("Bãi đỗ xe", function()
      doc:table { s:points(s["tr.parking_rate"]), title = "Tỷ lệ lấp đầy theo bãi đỗ xe", columns = { "value", "previous", "threshold", "state", "period" } }
    end)

    group.closing(doc, s)
  end,
}
