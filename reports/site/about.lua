-- Giới thiệu trang công khai: số liệu ở đâu ra, đọc thế nào, dùng lại ra sao.
return gb.report {
  code      = "about",
  title     = "Về số liệu này",
  short     = "Về số liệu",
  audiences = { "public" },
  rhythm    = "daily",
  page      = true,

  body = function(doc, s)
    doc:section("Số liệu từ đâu", function()
      doc:text("Số liệu của {} do các cơ quan giao nộp, được kiểm tra tự động trước khi công bố. Ngày lập: {}.", s:locality(), s:date())
      doc:text("Số liệu thống kê chính thức do cơ quan thống kê công bố. Trang này không thay thế công bố đó.")
    end)
    doc:section("Cách đọc", function()
      doc:list {
        "Sơ bộ, ước tính: số có thể được sửa trong kỳ sau; bản đã công bố không bị sửa, số sửa nằm trong bản mới.",
        "So cùng kỳ: so với cùng kỳ năm trước. So kỳ trước: so với kỳ liền trước.",
        "Mức theo dõi, cảnh báo, nguy hiểm, khẩn cấp: tính từ ngưỡng của từng chỉ số; phần lớn là ngưỡng đề xuất.",
        "Chưa có số liệu: cơ quan chưa giao nộp; hệ thống không tự điền.",
        "Số đếm quá nhỏ về con người ở một xã, phường không công bố, để không ai bị nhận ra.",
      }
    end)
    doc:section("Dùng lại", function()
      doc:text("Số liệu được dùng lại tự do khi ghi rõ nguồn. Tệp CSV và JSON của từng chỉ số ở trang của chỉ số đó.")
    end)
  end,
}
