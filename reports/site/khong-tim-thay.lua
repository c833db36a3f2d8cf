-- Trang báo không tìm thấy: máy chủ trả trang này khi địa chỉ không có. Không có tên ngắn nên không đứng trong thanh điều hướng.
return gb.report {
  code      = "khong-tim-thay",
  title     = "Không tìm thấy trang",
  audiences = { "public" },
  rhythm    = "daily",
  page      = true,

  body = function(doc)
    doc:section("Có thể làm gì", function()
      doc:list {
        "Về trang chủ, tìm chỉ số trong danh sách theo lĩnh vực.",
        "Kiểm tra lại địa chỉ: mỗi chỉ số có một trang tên là mã chỉ số, trong thư mục chi-so.",
        "Chỉ số không còn được công bố thì trang của chỉ số đó cũng không còn trong ấn bản mới.",
      }
    end)
  end,
}
