-- Tài sản giao thông: đường, cầu còn tốt không, hư hỏng có được sửa đúng hạn không, chỗ nào đang chia cắt.
local group = use "group"

return gb.group {
  code      = "ig-transport-assets",
  audiences = { "leadership", "ioc" },
  rhythm    = "weekly",

  body = function(doc, s)
    local good, open, fixed, blocked = s["ti.good_rate"], s["ti.defects_open"], s["ti.defects_fixed_rate"], s["ti.blocked"]

    doc:section("Có nơi nào đang chia cắt không", function()
      doc:finding { blocked, blocked:level() }
      doc:bars { blocked, by = "commune", worst = 8 }
    end)

    doc:section("Hư hỏng có được sửa đúng hạn không", function()
      doc:finding { open, open:change(), fixed, fixed:change() }
      doc:line { open, threshold = true }
      doc:bars { open, by = "commune", worst = 12 }
    end)

    doc:section("Đường, cầu còn tốt đến đâu", function()
      doc:finding { good, good:change() }
      doc:table { s:communes():worst(12, good), title = "Các xã, phường có tỷ lệ đường tốt, khá thấp nhất",
                  columns = { good, s["ti.road_km"], s["ti.weak_bridges"], s["ts.blackspots"] } }
      doc:map { good, by = "commune" }
    end)

    doc:section("Quản lý tài sản trên môi trường số", function()
      doc:table { s:list { "ti.digitised_rate", "tr.signals_rate", "ts.blackspots", "ti.weak_bridges" }, title = "Số hóa, đèn tín hiệu, điểm đen, cầu yếu",
                  columns = { "value", "previous", "target", "state", "period", "owner" } }
    end)

    group.closing(doc, s)
  end,
}
