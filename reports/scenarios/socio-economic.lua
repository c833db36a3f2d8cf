-- Kinh tế - xã hội: có đạt mục tiêu năm không, khoản nào kéo xuống, tháng tới phải làm gì.
local answer, closing = use "answer", use "closing"

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
                  { who = gb.agency("thue"), does = "rà soát nguồn thu còn dư địa, báo cáo dự kiến thu từng tháng", within = gb.days(5),
                    about = { "econ.budget_revenue_pct" }, with = gb.lead } },
    danger    = { { who = gb.chair, does = "họp chuyên đề tăng trưởng, giao chỉ tiêu bổ sung cho từng ngành", within = gb.days(7),
                    about = { "econ.grdp_growth", "econ.iip", "econ.export", "econ.invest_total", "econ.budget_revenue_pct" } },
                  { who = gb.lead, does = "trình phương án điều hành thu, chi và tháo gỡ cho dự án sản xuất lớn", within = gb.days(5),
                    about = { "econ.budget_revenue_pct", "econ.grdp_growth", "econ.iip", "econ.invest_total" } } },
    emergency = { who = gb.chair, does = "báo cáo cấp ủy, quyết định các giải pháp cấp bách về thu, chi và đầu tư", within = gb.days(3),
                  about = { "econ.budget_revenue_pct", "econ.grdp_growth", "econ.invest_total" } },
  },

  decide = {
    "Chỉ tiêu nào phải bù trong các tháng còn lại, ngành nào nhận phần bù.",
    "Giải pháp tăng thu và cơ cấu lại nhiệm vụ chi.",
    "Dự án, doanh nghiệp lớn cần tháo gỡ ngay và đầu mối xử lý.",
  },

  body = function(doc, s)
    local growth, revenue, iip, paid = s["econ.grdp_growth"], s["econ.budget_revenue_pct"], s["econ.iip"], s["inv.disbursement_rate"]

    doc:section("Có đạt mục tiêu năm không, khoản nào kéo xuống", function()
      answer.say(doc, s, { { growth, "GRDP {} tăng {}, mục tiêu năm {}", growth:period(), growth, growth:target() }, { revenue, "thu ngân sách đạt {} dự toán ({})", revenue, revenue:period() },
                           { iip, "sản xuất công nghiệp tăng {}", iip }, { paid, "giải ngân đầu tư công {}", paid } })
      doc:missed { s:watch() }
    end)

    doc:section("Các kỳ còn lại của năm phải đạt bao nhiêu", function()
      doc:table { s:list { "econ.retail_sales", "econ.export", "econ.budget_revenue", "econ.invest_total", "to.visitors", "ent.new" },
                  title = "Dự báo cuối năm và phần phải bù", columns = { "ytd", "ytd_change", "expected", "needed", "chance" } }
    end)

    doc:section("Sản xuất, tiêu dùng, giá cả, việc làm", function()
      doc:line { iip, threshold = true, forecast = true }
      doc:multiples { { s["econ.retail_sales"], s["econ.export"], s["econ.cpi_yoy"], s["ent.new"] }, periods = 17 }
      doc:finding { s["econ.unemployment"], s["econ.unemployment"]:change(), plain = true }
      doc:finding { s["econ.grdp_current"], s["pop.total"], plain = true }
    end)

    doc:section("Thu ngân sách theo nhịp và theo địa bàn", function()
      doc:line { revenue, pace = true, last_year = true }
      doc:contributions { s["econ.budget_revenue"], against = "same_period", worst = 8, title = "Xã, phường nào góp nhiều nhất vào thay đổi của thu ngân sách so với cùng kỳ" }
    end)

    closing.meeting(doc, s)
  end,
}
