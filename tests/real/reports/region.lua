-- Bảng tin của từng địa bàn khi chạy thử trên số liệu thật.
return gb.report {
  code      = "region",
  type      = "BẢN TIN",
  title     = "Số liệu của địa bàn",
  audiences = { "leadership" },
  rhythm    = "daily",
  each      = "region",

  body = function(doc, s)
    local here = s:all()
    if #here == 0 then
      doc:text("Chưa có số liệu cho {} đến ngày {}.", s:region(), s:date())
      return
    end
    doc:section("Tất cả các chỉ số có số liệu", function()
      doc:table { here, title = "Số liệu mới nhất", columns = { "value", "previous", "same_period", "rank", "period" } }
    end)
    doc:source()
  end,
}
