-- Kinh tế - xã hội: có đạt mục tiêu năm không, khoản nào kéo xuống, tháng tới phải làm gì.
local closing = use "closing"

return gb.scenario {
  code   = "socio-economic",
  rhythm = "monthly",
  watch  = { "econ.grdp_growth", "econ.iip", "econ.budget_revenue_pct", "econ.export", "econ.cpi_yoy", "econ.invest_total",
             "inv.disbursement_rate", "ent.new", "econ.unemployment", "econ.budget_revenue", "econ.retail_sales", "to.visitors" },

  trigger = function(now)
    if now["econ.grdp_growth"]:state() >= gb.danger then return "Tăng trưởng GRDP thấp xa mục tiêu" end
    if now["econ.budget_revenue_pct"]:behind_pace() > gb.points(10) then return "Thu ngân sách chậm hơn tiến độ dự toán trên mười điểm phần trăm" end
    if now["econ.iip"]:lasting(gb.warning) >= 3 then return "Sản xuất công nghiệp tăng thấp ba tháng liên tiếp" end
    if now["econ.cpi_yoy"]:state() >= gb.danger then return "Giá tiêu dùng ra ngoài khoảng kiểm soát" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "cập nhật kịch bản tăng trưởng, chỉ rõ ngành chưa đạt", within = gb.days(10) },
    warning   = { { who = gb.lead, does = "báo cáo nguyên nhân từng chỉ tiêu không đạt và giải pháp bù đắp trong các tháng còn lại", within = gb.days(7) },
                  { who = gb.agency("thue"), does = "rà soát nguồn thu còn dư địa, báo cáo dự kiến thu từng tháng", within = gb.days(5), with = gb.lead } },
    danger    = { { who = gb.chair, does = "họp chuyên đề tăng trưởng, giao chỉ tiêu bổ sung cho từng ngành", within = gb.days(7) },
                  { who = gb.lead, does = "trình phương án điều hành thu, chi và tháo gỡ cho dự án sản xuất lớn", within = gb.days(5) } },
    emergency = { who = gb.chair, does = "báo cáo cấp ủy, quyết định các giải pháp cấp bách về thu, chi và đầu tư", within = gb.days(3) },
  },

  decide = {
    "Chỉ tiêu nào phải bù trong các tháng còn lại, ngành nào nhận phần bù.",
    "Giải pháp tăng thu và cơ cấu lại nhiệm vụ chi.",
    "Dự án, doanh nghiệp lớn cần tháo gỡ ngay và đầu mối xử lý.",
  },

  body = function(doc, s)
    local growth, revenue, iip = s["econ.grdp_growth"], s["econ.budget_revenue_pct"], s["econ.iip"]

    doc:section("Có đạt mục tiêu năm không", function()
      doc:finding { growth, growth:target(), growth:same_period() }
      doc:bullet { growth }
      doc:figures { s:list { "econ.grdp_growth", "econ.grdp_current", "pop.total" } }
      doc:table { s:with_target(s:watch()), title = "Chỉ tiêu chủ yếu so với kế hoạch",
                  columns = { "value", "target", "attainment", "same_period", "state", "period" } }
    end)

    doc:section("Sản xuất, kinh doanh", function()
      doc:finding { iip, iip:change() }
      doc:line { iip, threshold = true }
      doc:table { s:list { "econ.retail_sales", "econ.export", "to.visitors", "ent.new", "econ.cpi_yoy", "econ.unemployment" },
                  title = "Tiêu dùng, xuất khẩu, doanh nghiệp, giá cả, việc làm",
                  columns = { "value", "previous", "same_period", "ytd", "ytd_change", "spark" } }
    end)

    doc:section("Thu ngân sách và đầu tư", function()
      doc:finding { revenue, revenue:against_pace(), revenue:same_period() }
      doc:line { revenue, pace = true, last_year = true }
      doc:bars { s["econ.budget_revenue"], by = "commune", best = 10 }
      doc:finding { s["inv.disbursement_rate"], s["inv.disbursement_rate"]:against_pace() }
      doc:finding { s["econ.invest_total"], s["econ.invest_total"]:target() }
    end)

    doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
