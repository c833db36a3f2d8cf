-- Trang chủ công khai: tình hình của tỉnh hôm nay bằng lời dễ hiểu, vài con số chính, đường dẫn tới từng chỉ số.
return gb.report {
  code      = "home",
  title     = "Số liệu điều hành công khai",
  audiences = { "public" },
  rhythm    = "daily",
  page      = true,

  body = function(doc, s)
    local alerts = s:alerts(gb.warning)

    doc:text("Trang này do máy lập tự động mỗi đêm từ số liệu các cơ quan đã giao nộp, ngày {}. Mọi con số đều tải về được.", s:date())

    doc:section("Hôm nay", function()
      doc:figures { s:list { "econ.grdp_growth", "econ.budget_revenue_pct", "inv.disbursement_rate", "tthc.ontime_rate", "fb.ontime_rate", "ts.accidents" } }
      if #s:all() == 0 then
        doc:text("Chưa có số liệu công khai nào đến ngày {}.", s:date())
      elseif #alerts == 0 then
        doc:text("Không có chỉ số công khai nào ở mức cảnh báo.")
      end
      doc:source()
    end)

    if #alerts > 0 then
      doc:section("Cần chú ý", function()
        doc:summary { s:take(5, alerts), requests = false }
        doc:source()
      end)
    end

    doc:section("Tất cả chỉ số theo lĩnh vực", function()
      for _, sector in ipairs(s:sectors()) do
        doc:section(sector.title, function() doc:index { sector.items } end)
      end
    end)
  end,
}
