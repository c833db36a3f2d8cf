-- OCOP: sản phẩm có bán được không, hàng tồn ở đâu, sản phẩm nào sắp hết hạn công nhận.
local closing = use "closing"

return gb.scenario {
  code   = "ocop-products",
  rhythm = "monthly",
  watch  = { "oc.products", "oc.star4", "oc.star5", "oc.entities", "oc.output", "oc.sales", "oc.stock", "oc.stock_ratio", "oc.expiring",
             "oc.map_rate", "oc.ecommerce_rate", "oc.update_rate" },

  trigger = function(now)
    if now["oc.stock_ratio"]:state() >= gb.danger then return "Tồn kho sản phẩm OCOP cao so với tiêu thụ" end
    if now["oc.expiring"]:state() >= gb.danger then return "Nhiều sản phẩm OCOP sắp hết hạn công nhận" end
  end,

  actions = {
    watch     = { who = gb.commune_committees, does = "nhắc chủ thể cập nhật sản lượng, tiêu thụ, tồn kho", within = gb.days(7) },
    warning   = { { who = gb.lead, does = "kết nối tiêu thụ cho chủ thể tồn kho lớn", within = gb.days(10), with = gb.agency("so-cong-thuong") },
                  { who = gb.lead, does = "hướng dẫn hồ sơ đánh giá lại sản phẩm sắp hết hạn", within = gb.days(10) } },
    danger    = { { who = gb.agency("so-cong-thuong"), does = "tổ chức tuần lễ tiêu thụ, đưa sản phẩm lên sàn thương mại điện tử", within = gb.days(10), with = gb.lead },
                  { who = gb.chair, does = "quyết định chính sách hỗ trợ tiêu thụ", within = gb.days(15) } },
    emergency = { who = gb.chair, does = "chỉ đạo các ngành tiêu thụ hàng tồn, giãn tiến độ sản xuất", within = gb.days(5) },
  },

  decide = {
    "Nhóm sản phẩm cần hỗ trợ tiêu thụ và hình thức hỗ trợ.",
    "Kế hoạch đánh giá, phân hạng lại sản phẩm sắp hết hạn.",
  },

  body = function(doc, s)
    local sales, ratio = s["oc.sales"], s["oc.stock_ratio"]

    doc:section("Sản phẩm có bán được không", function()
      doc:finding { sales, sales:change(), sales:same_period() }
      doc:figures { s:list { "oc.products", "oc.entities", "oc.output", "oc.sales", "oc.stock_ratio" } }
      doc:line { sales, last_year = true }
      doc:finding { ratio, ratio:change() }
    end)

    doc:section("Hàng tồn ở đâu", function()
      doc:bars { s["oc.stock"], by = "commune", worst = 12 }
      doc:bars { s["oc.expiring"], by = "commune", worst = 12 }
    end)

    doc:section("Chất lượng và minh bạch", function()
      doc:table { s:list { "oc.star4", "oc.star5", "oc.expiring", "oc.map_rate", "oc.ecommerce_rate", "oc.update_rate" },
                  title = "Phân hạng, bản đồ số, thương mại điện tử, cập nhật số liệu", columns = { "value", "target", "previous", "state", "period" } }
    end)

    closing.meeting(doc, s)
  end,
}
