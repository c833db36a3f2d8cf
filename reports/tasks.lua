-- Nhiệm vụ của kế hoạch: cơ quan chủ trì nào xong, cơ quan nào chậm theo báo cáo của chính mình, cơ quan nào chưa báo cáo.
-- Trang đầu để lãnh đạo xem; sau đó mỗi cơ quan tìm thấy đủ các dòng của mình.
return gb.report {
  code      = "tasks",
  type      = "BÁO CÁO",
  title     = "Nhiệm vụ theo kế hoạch chỉ đạo, điều hành trên môi trường điện tử",
  short     = "Nhiệm vụ",
  audiences = { "leadership", "statistics", "front", "ioc" },
  rhythm    = "weekly",

  body = function(doc, s)
    local t = s:tasks()
    if t.total == 0 then
      doc:text("Địa phương chưa khai nhiệm vụ nào.")
      return
    end

    doc:section("Tình trạng theo cơ quan chủ trì", function()
      if not t.told then
        doc:text("Chưa có báo cáo tình trạng nào; dưới đây là {} nhiệm vụ theo kế hoạch.", t.total)
        return
      end
      local late = gb.footnote("Nhiệm vụ chậm: thời hạn đã qua, báo cáo gần nhất của cơ quan chủ trì là chưa xong. Thời hạn đã qua mà chưa có báo cáo thì ghi “chưa báo cáo”, không coi là chậm.")
      if t.late > 0 then
        doc:callout(gb.warning, "{} nhiệm vụ chậm{} theo báo cáo của các cơ quan chủ trì.", t.late, late)
      else
        doc:callout(gb.good, "Không có nhiệm vụ nào chậm{} theo báo cáo của các cơ quan chủ trì.", late)
      end
      doc:text("Trong {} nhiệm vụ: {} hoàn thành, {} hoàn thành muộn, {} đang thực hiện, {} sắp đến hạn, {} chậm, {} chưa có báo cáo nào, {} không có ngày đến hạn.",
               t.total, t.done, t.done_late, t.progress, t.soon, t.late, t.no_status, t.undated)
      doc:tasks { by = "lead", summary = true, title = "Số nhiệm vụ theo cơ quan chủ trì và tình trạng" }
      doc:note("Tình trạng theo báo cáo của cơ quan chủ trì hoặc Văn phòng.")
    end)

    doc:section("Nhiệm vụ của từng cơ quan", function()
      doc:tasks { by = "lead", title = "Nhiệm vụ theo cơ quan chủ trì" }
    end)
  end,
}
