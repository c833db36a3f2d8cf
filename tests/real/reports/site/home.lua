-- Trang chủ khi chạy thử trên số liệu thật: không nêu đích danh chỉ số nào, nên dùng được cho mọi danh mục.
return gb.report {
  code      = "home",
  title     = "Số liệu thật để kiểm thử",
  audiences = { "public" },
  rhythm    = "daily",
  page      = true,

  body = function(doc, s)
    doc:text("Trang này chỉ để kiểm thử, lập từ số liệu công khai của nơi khác, ngày {}.", s:date())
    doc:section("Tất cả chỉ số theo lĩnh vực", function()
      for _, sector in ipairs(s:sectors()) do
        doc:section(sector.title, function() doc:index { sector.items, title = sector.title } end)
      end
    end)
  end,
}
