-- Đất đai, tài nguyên, môi trường: đất bị lấn ở đâu, hồ sơ đất có trễ không, mỏ có khai thác đúng phép không, nước và rừng thế nào.
local group = use "group"

return gb.group {
  code      = "ig-land-resources-env",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local encroach, done, late, mines, water = s["land.encroach"], s["land.violation_done_rate"], s["land.overdue_rate"], s["res.over_licence"], s["env.wqi"]

    doc:section("Đất bị lấn chiếm ở đâu, xử lý đến đâu", function()
      doc:finding { encroach, encroach:same_period(), done, done:change() }
      doc:bars { encroach, by = "commune", worst = 12 }
      doc:map { encroach, by = "commune" }
    end)

    doc:section("Hồ sơ đất đai của dân có trễ không", function()
      doc:finding { late, late:change(), s["land.digital_rate"], s["land.digital_rate"]:change() }
      doc:line { late, threshold = true }
      doc:bars { late, by = "commune", worst = 10 }
    end)

    doc:section("Thị trường đất", function()
      doc:table { s:list { "land.transactions", "land.price_ratio", "land.converted" }, title = "Giao dịch, giá, chuyển mục đích",
                  columns = { "value", "previous", "same_period", "ytd", "period" } }
    end)

    doc:section("Khoáng sản có khai thác đúng phép không", function()
      doc:finding { mines, mines:change(), s["res.illegal"], s["res.illegal"]:same_period() }
      doc:table { s:list { "res.mines", "res.over_licence", "res.illegal", "res.scale_camera_rate" }, title = "Mỏ, vượt công suất, trái phép, trạm cân và camera",
                  columns = { "value", "previous", "target", "state", "period" } }
    end)

    doc:section("Nước, rừng và quan trắc", function()
      doc:bars { water, by = "point", worst = 10 }
      doc:finding { s["land.forest_cover"], s["land.forest_cover"]:same_period(), s["env.stations_rate"], s["env.stations_rate"]:change() }
    end)

    group.closing(doc, s)
  end,
}
