-- Chất lượng số liệu: hôm nay số nào tin được, cơ quan nào nợ số liệu, con số nào cần hỏi lại, số nào không khớp nhau.
return gb.report {
  code      = "quality",
  type      = "BÁO CÁO",
  title     = "Chất lượng số liệu phục vụ chỉ đạo, điều hành",
  short     = "Chất lượng",
  audiences = { "leadership", "statistics" },
  rhythm    = "daily",

  body = function(doc, s)
    doc:section("Số liệu hôm nay có tin được không", function()
      doc:quality()
      doc:gaps { limit = 0 }
      doc:quality { by = "agency", worst = 60 }
    end)
    doc:section("Con số cần kiểm tra", function() doc:doubts { limit = 60 } end)
    doc:section("Số liệu có khớp nhau không", function() doc:consistency { limit = 30 } end)
    doc:section("Số liệu còn thiếu, quá hạn", function() doc:gaps { agencies = true, summary = false, limit = 400 } end)
    doc:section("Chỉ số và địa bàn có điểm thấp nhất", function()
      doc:quality { by = "indicator", worst = 15 }
      doc:quality { by = "commune", worst = 15 }
    end)
    doc:section("Cách đọc", function()
      doc:list {
        "Đầy đủ: số ô (chỉ số, địa bàn) đã có số trên số ô phải có. Kịp thời: số ô có kỳ mới nhất chưa cũ quá một kỳ rưỡi. Không khác thường: số mới không có dấu hiệu lạ so với chính chuỗi số của nó. Nhất quán: phép đối chiếu khớp nhau. Truy vết được: số kèm thời điểm giao nộp.",
        "Điểm chung là trung bình của các mặt có số để tính, theo trọng số đề xuất: đầy đủ 30, kịp thời 30, không khác thường 15, nhất quán 15, truy vết được 10. Điểm chung luôn đi kèm các mặt tạo nên nó.",
        "Dấu (?) và bảng con số cần kiểm tra là câu hỏi gửi cơ quan cung cấp, không phải kết luận; số liệu không bị sửa. Máy không tự điền số thay cho số còn thiếu.",
        "Số liệu sai mẫu, sai mã, ngoài giới hạn đã bị trả lại khi tiếp nhận nên không có trong các bảng này.",
        "Bảng theo cơ quan đếm chỉ số, không đếm từng xã. Phải có: số chỉ số được giao cung cấp; đúng hạn, quá hạn, chưa có cộng lại bằng phải có. Quá hạn: kỳ mới nhất đã cũ hơn một kỳ rưỡi.",
        "Đề nghị cơ quan được nêu tên gửi bổ sung, xác nhận hoặc đính chính số liệu, hoặc báo lý do chưa có.",
      }
    end)
  end,
}
