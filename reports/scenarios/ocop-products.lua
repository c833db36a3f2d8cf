-- OCOP: sản xuất ra bao nhiêu, bán được bao nhiêu, tồn bao nhiêu; nơi nào không bán được; sản phẩm nào sắp hết hạn công nhận.
-- Cơ sở tự cập nhật số liệu: tỷ lệ cập nhật đúng hạn nói số này tin được tới đâu.
local closing = use "closing"

return gb.scenario {
  code   = "ocop-products",
  rhythm = "monthly",
  watch  = { "oc.products", "oc.star4", "oc.star5", "oc.entities", "oc.output", "oc.sales", "oc.stock", "oc.stock_ratio", "oc.expiring" },

  trigger = function(now)
    if now["oc.stock_ratio"]:state() >= gb.danger then return "Tồn kho sản phẩm OCOP cao so với tiêu thụ" end
    if now["oc.expiring"]:state() >= gb.danger then return "Nhiều sản phẩm OCOP sắp hết hạn công nhận" end
  end,

  actions = {
    watch     = { who = gb.commune_committees, does = "nhắc chủ thể cập nhật sản lượng, tiêu thụ, tồn kho; chuẩn bị hồ sơ cho sản phẩm sắp hết hạn", within = gb.days(7) },
    warning   = { { who = gb.lead, does = "kết nối tiêu thụ cho chủ thể tồn kho lớn", within = gb.days(10),
                    about = { "oc.stock", "oc.stock_ratio" }, with = gb.agency("so-cong-thuong") },
                  { who = gb.lead, does = "hướng dẫn hồ sơ đánh giá lại sản phẩm sắp hết hạn", within = gb.days(10), about = { "oc.expiring" } } },
    danger    = { { who = gb.agency("so-cong-thuong"), does = "tổ chức tuần lễ tiêu thụ, đưa sản phẩm lên sàn thương mại điện tử", within = gb.days(10),
                    about = { "oc.stock", "oc.stock_ratio" }, with = gb.lead },
                  { who = gb.chair, does = "quyết định chính sách hỗ trợ tiêu thụ", within = gb.days(15), about = { "oc.stock", "oc.stock_ratio" } } },
    emergency = { who = gb.chair, does = "chỉ đạo các ngành tiêu thụ hàng tồn, giãn tiến độ sản xuất", within = gb.days(5), about = { "oc.stock", "oc.stock_ratio" } },
  },

  decide = {
    "Nhóm sản phẩm cần hỗ trợ tiêu thụ và hình thức hỗ trợ.",
    "Kế hoạch đánh giá, phân hạng lại sản phẩm sắp hết hạn.",
  },

  body = function(doc, s)
    local output, sales, stock, ratio = s["oc.output"], s["oc.sales"], s["oc.stock"], s["oc.stock_ratio"]
    local update = s["oc.update_rate"]

    doc:section("Làm ra, bán được, còn tồn", function()
      doc:finding { ratio, ratio:change(), ratio:level() }
      doc:figures { output, sales, stock, ratio, s["oc.products"], s["oc.entities"] }
      doc:line { ratio, threshold = true }
      if update:state() >= gb.watch then doc:text("Cơ sở cập nhật đúng hạn {}, số liệu tự báo này chưa đầy đủ.", update) end
    end)

    doc:section("Nơi nào không bán được", function()
      doc:bars { ratio, by = "commune", worst = 12 }
      doc:table { s:communes():worst(10, ratio), title = "Tồn kho cao nhất so với tiêu thụ: làm ra, bán được, còn tồn", columns = { ratio, output, sales, stock } }
      doc:map { ratio, by = "commune" }
      doc:line { sales, last_year = true }
    end)

    doc:section("Sắp hết hạn công nhận, chất lượng và minh bạch", function()
      doc:bars { s["oc.expiring"], by = "commune", worst = 6 }
      doc:table { s:list { "oc.star4", "oc.star5", "oc.expiring", "oc.map_rate", "oc.ecommerce_rate", "oc.update_rate" },
                  title = "Phân hạng, bản đồ số, thương mại điện tử, cập nhật số liệu", columns = { "value", "target", "previous", "state", "period" } }
      doc:missed { s:list { "oc.products", "oc.star4", "oc.star5", "oc.entities", "oc.map_rate", "oc.ecommerce_rate", "oc.update_rate" }, title = "Chỉ tiêu chưa đạt" }
    end)

    closing.meeting(doc, s)
  end,
}
