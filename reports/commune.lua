-- Bảng tin của một xã, phường: niêm yết tại trụ sở. Số của xã so với cả tỉnh, lời lẽ dễ hiểu.
return gb.report {
  code      = "commune",
  type      = "BẢN TIN",
  title     = "Số liệu của địa phương",
  audiences = { "leadership", "public" },
  rhythm    = "monthly",
  each      = "region",
  signature = false,

  body = function(doc, s)
    local here = s:all()
    if #here == 0 then
      doc:text("Chưa có số liệu công bố cho {} đến ngày {}.", s:region(), s:date())
      return
    end

    doc:section("Những con số chính", function()
      doc:figures { s:list { "fb.ontime_rate", "fb.overdue_open", "tthc.ontime_rate", "inv.disbursement_rate" } }
    end)
    doc:section("Đầu tư ở địa phương", function()
      local rate = s["inv.disbursement_rate"]
      doc:finding { rate, rate:same_period(), rate:rank(), plain = true }
      doc:line { rate, last_year = true }
    end)
    doc:section("Tất cả các chỉ số có số liệu", function()
      doc:table { here, title = "Số liệu mới nhất", columns = { "value", "previous", "same_period", "rank", "period" } }
    end)
    doc:note("Xếp thứ tính trong các xã, phường có số liệu cùng kỳ; thứ nhất là tốt nhất.")
    doc:source()
  end,
}
