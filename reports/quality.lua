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
    doc:section("Chất lượng từng ngày", function()
      doc:quality { by = "day", days = 14 }
      doc:text("Đầy đủ, kịp thời: những gì đã biết vào cuối ngày đó. Các mặt khác: của những con số giao nộp lần đầu trong ngày, theo hiểu biết hiện nay; ngày không nhận số thì không có.")
    end)
    doc:section("Con số cần kiểm tra", function() doc:doubts { limit = 60 } end)
    doc:section("Số liệu có khớp nhau không", function() doc:consistency { limit = 30 } end)
    doc:section("Số liệu có bị sửa lại nhiều không", function()
      doc:revisions { by = "agency", worst = 60 }
      doc:revisions { by = "indicator", worst = 15, title = "Chỉ số bị sửa nhiều nhất" }
    end)
    doc:section("Số liệu bị loại khi kiểm tra", function()
      doc:refusals()
      doc:refusals { by = "agency" }
      doc:refusals { by = "day" }
    end)
    doc:section("Số liệu còn thiếu, quá hạn", function() doc:gaps { agencies = true, summary = false, limit = 400 } end)
    doc:section("Chỉ số và địa bàn có điểm thấp nhất", function()
      doc:quality { by = "indicator", worst = 15 }
      doc:quality { by = "commune", worst = 15 }
    end)
    doc:section("Cách đọc", function()
      doc:list {
        { "Một ô là một chỉ số ở một địa bàn đang có và đã từng có số; chỉ số chưa có số nào là một ô còn thiếu. Điểm chung là trung bình của các mặt có số để tính, theo trọng số đề xuất{}, và luôn đi kèm các mặt tạo nên nó.",
          gb.footnote("Trọng số đề xuất: đầy đủ 25, kịp thời 25, chính xác 15, nhất quán 15, đúng quy định 5, không trùng lặp 5, truy vết được 10.") },
        "Đầy đủ: ô đã có số trên ô phải có. Kịp thời: ô có kỳ mới nhất chưa cũ quá một kỳ rưỡi trên ô đã có số.",
        "Chính xác: ô có số mới không mang dấu hiệu lạ và trong một năm bị sửa bình quân không quá 5%, trên ô đã có số còn hạn. Nhất quán: phép đối chiếu khớp nhau trên phép đối chiếu đã làm trong một năm.",
        "Đúng quy định: số mới nằm trong giới hạn của danh mục và địa bàn có trong kỳ ấy. Không trùng lặp: ô không có hai bản giao nộp nói khác nhau. Truy vết được: số biết rõ bản giao nộp, dòng trong tệp và thời điểm giao.",
        "Số bị sửa: con số mà bản giao nộp sau cho giá trị khác lần đầu, hoặc rút lại. Mức sửa: bình quân của phần chênh so với giá trị đầu tiên. Sửa số tạm tính thành số chính thức là việc bình thường; mức trên 5% cần hỏi lý do.",
        "Dấu (?) và bảng con số cần kiểm tra là câu hỏi gửi cơ quan cung cấp, không phải kết luận; số liệu không bị sửa. Máy không tự điền số thay cho số còn thiếu.",
        "Tệp sai mẫu, sai mã bị trả lại cả tệp khi tiếp nhận: mọi dòng của tệp là dòng bị loại, số của tệp không vào các bảng khác; biên nhận gửi cơ quan nêu từng dòng có lỗi.",
        "Bảng theo cơ quan ở mục số liệu còn thiếu đếm chỉ số, không đếm từng xã. Phải có: số chỉ số được giao cung cấp; đúng hạn, quá hạn, chưa có cộng lại bằng phải có.",
        "Đề nghị cơ quan được nêu tên gửi bổ sung, xác nhận hoặc đính chính số liệu, hoặc báo lý do chưa có.",
      }
    end)
  end,
}
