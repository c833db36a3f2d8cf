-- Chất lượng số liệu: cơ quan nào nợ số liệu, chỉ số nào quá hạn, từ kỳ nào.
return gb.report {
  code      = "quality",
  type      = "BÁO CÁO",
  title     = "Chất lượng số liệu phục vụ chỉ đạo, điều hành",
  short     = "Chất lượng",
  audiences = { "leadership", "statistics" },
  rhythm    = "daily",

  body = function(doc, s)
    doc:section("Đầy đủ và kịp thời", function()
      doc:gaps { agencies = true, limit = 400 }
    end)
    doc:section("Cách đọc", function()
      doc:list {
        "Phải có: số chỉ số trong danh mục mà cơ quan được giao cung cấp. Đã có: số chỉ số có ít nhất một giá trị đến ngày báo cáo.",
        "Quá hạn: kỳ mới nhất đã cũ hơn một kỳ rưỡi. Đầy đủ: tỷ lệ chỉ số có số liệu đúng hạn trên số phải có. Máy không tự điền số thay cho số còn thiếu.",
        "Đề nghị cơ quan được nêu tên gửi bổ sung số liệu theo biểu mẫu giao nộp, hoặc báo lý do chưa có.",
      }
    end)
  end,
}
