-- Trang của một chỉ số công khai: một câu kết luận, đường diễn biến, so sánh xã phường, bảng số, định nghĩa.
return gb.report {
  code      = "indicator",
  title     = "Chỉ số",
  audiences = { "public" },
  rhythm    = "daily",
  each      = "indicator",
  page      = true,

  body = function(doc, s)
    local x = s:indicator()

    doc:finding { x, x:change(), x:same_period(), x:target(), x:level(), plain = true }
    doc:section("Diễn biến", function() doc:line { x, target = true, last_year = true } end)
    doc:section("Theo địa bàn", function()
      doc:bars { x, by = "commune", worst = 15 }
      doc:bars { x, by = "point", worst = 15 }
      doc:table { s:points(x), title = "Số liệu mới nhất theo điểm", columns = { "value", "state", "period" } }
    end)
    doc:section("Số liệu", function() doc:history(x, 24) end)
    doc:section("Chỉ số này là gì", function() doc:definition(x) end)
    doc:source()
  end,
}
