-- Nhiệm vụ của kế hoạch: sắp đến hạn, đã qua thời hạn, chưa có thời hạn cụ thể. Cùng thời hạn thì xếp cùng nhau.
return gb.report {
  code      = "tasks",
  type      = "BÁO CÁO",
  title     = "Nhiệm vụ theo kế hoạch chỉ đạo, điều hành trên môi trường điện tử",
  short     = "Nhiệm vụ",
  audiences = { "leadership" },
  rhythm    = "weekly",

  body = function(doc)
    doc:text("Kế hoạch không ghi tình trạng hoàn thành. Thời hạn đã qua không có nghĩa là nhiệm vụ chậm; đề nghị cơ quan chủ trì báo cáo kết quả.")
    doc:section("Đến hạn trong ba tháng tới", function()
      if not doc:tasks { due = "next", days = 92 } then
        doc:text("Không có nhiệm vụ nào đến hạn trong ba tháng tới.")
      end
    end)
    doc:section("Đã qua thời hạn theo kế hoạch, chờ báo cáo kết quả", function() doc:tasks { due = "past", title = "Nhiệm vụ đã qua thời hạn theo kế hoạch" } end)
    doc:section("Thường xuyên, theo yêu cầu hoặc chưa có thời hạn", function() doc:tasks { due = "open", title = "Nhiệm vụ không có ngày đến hạn" } end)
  end,
}
