-- Chuyên đề khác: chất lượng của chính số liệu điều hành, an toàn hệ thống, sản phẩm OCOP, chợ đêm, chiếu sáng.
local group = use "group"

return gb.group {
  code      = "ig-other-thematic",
  audiences = { "leadership", "ioc" },
  rhythm    = "weekly",

  body = function(doc, s)
    local ontime, complete, reject = s["dq.ontime_rate"], s["dq.complete_rate"], s["dq.reject_rate"]

    doc:section("Số liệu điều hành có tin được không", function()
      doc:finding { ontime, ontime:change(), complete, complete:change(), reject, reject:level() }
      doc:line { ontime, threshold = true }
      doc:table { s:list { "dq.auto_rate", "dq.ontime_rate", "dq.complete_rate", "dq.reject_rate", "dx.stat_digital_rate", "dx.report_cut_rate", "dx.incidents" },
                  title = "Tự động, đúng hạn, đầy đủ, bị loại, báo cáo được thay, sự cố", columns = { "value", "previous", "target", "state", "period" } }
    end)

    doc:section("Sản phẩm OCOP", function()
      doc:finding { s["oc.products"], s["oc.products"]:change(), s["oc.sales"], s["oc.sales"]:same_period() }
      doc:line { s["oc.sales"], last_year = true }
      doc:bars { s["oc.sales"], by = "commune", best = 10 }
      doc:finding { s["oc.map_rate"], s["oc.map_rate"]:change() }
    end)

    doc:section("Chợ đêm, phố đi bộ, sự kiện đông người", function()
      doc:finding { s["sx.commitment_rate"], s["sx.commitment_rate"]:change() }
      doc:table { s:points(s["ev.density"]), title = "Mật độ người theo điểm", columns = { "value", "threshold", "state", "period" } }
    end)

    doc:section("Chiếu sáng", function()
      doc:finding { s["li.on_rate"], s["li.on_rate"]:change(), s["li.smart_rate"], s["li.smart_rate"]:change() }
      doc:bars { s["li.on_rate"], by = "commune", worst = 10 }
    end)

    group.closing(doc, s)
  end,
}
