-- Họp, kiểm tra, thị sát trực tuyến công trình trọng điểm. Câu hỏi của lãnh đạo: chậm bao nhiêu so với kế hoạch, đến nơi nào trước,
-- kết luận lần trước đã làm chưa. Số liệu là bình quân các công trình, chưa theo từng công trình.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "key-projects-inspection",
  type   = "BÁO CÁO PHỤC VỤ THỊ SÁT",
  rhythm = "weekly",
  watch  = { "kproj.schedule_gap", "kproj.progress", "inv.bottlenecks_open", "inv.projects_slow", "inv.land_rate", "kproj.conclusions_rate",
             "kproj.inspections_online", "kproj.safety_events" },

  trigger = function(now)
    local gap = now["kproj.schedule_gap"]
    if now["kproj.safety_events"]:state() >= gb.danger then return "Nhiều sự cố mất an toàn lao động tại các công trình trọng điểm" end
    if gap:state() >= gb.danger then return "Các công trình trọng điểm chậm xa so với kế hoạch" end
    if gap:falling() >= 3 and gap:state() >= gb.warning then return "Chênh lệch tiến độ công trình trọng điểm xấu đi ba tuần liên tiếp" end
    if now["inv.bottlenecks_open"]:state() >= gb.danger then return "Vướng mắc của dự án chờ xử lý dồn lại ở mức nguy hiểm" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "yêu cầu chủ đầu tư, nhà thầu cam kết lại khối lượng từng tuần của công trình chậm", within = gb.days(5) },
    warning   = { { who = gb.lead, does = "tổ chức kiểm tra trực tuyến công trình chậm nhất, lập danh mục vướng mắc kèm người phải gỡ", within = gb.days(3),
                    about = { "kproj.schedule_gap", "inv.bottlenecks_open", "inv.projects_slow" } },
                  { who = gb.commune_committees, does = "bàn giao phần mặt bằng còn lại theo danh mục, báo cáo hộ chưa bàn giao", within = gb.days(7),
                    about = { "inv.land_rate" }, with = gb.owner("inv.land_rate") } },
    danger    = { { who = gb.chair, does = "chủ trì thị sát công trình chậm nhất, kết luận tại chỗ từng vướng mắc", within = gb.days(5),
                    about = { "kproj.schedule_gap", "inv.bottlenecks_open", "inv.projects_slow", "inv.land_rate" } },
                  { who = gb.lead, does = "yêu cầu nhà thầu tăng ca, tăng mũi thi công; đề xuất thay phần việc của nhà thầu yếu", within = gb.days(5),
                    about = { "kproj.schedule_gap", "inv.projects_slow" } } },
    emergency = { { who = gb.chair, does = "dừng thi công phần mất an toàn hoặc quyết định thay nhà thầu theo hợp đồng", within = gb.days(1),
                    about = { "kproj.safety_events", "kproj.schedule_gap" } },
                  { who = gb.lead, does = "báo cáo nguyên nhân, trách nhiệm và tiến độ mới của từng công trình", within = gb.days(2),
                    about = { "kproj.schedule_gap", "inv.projects_slow" } } },
  },

  decide = {
    "Công trình, địa bàn phải thị sát trong kỳ tới và người chủ trì.",
    "Vướng mắc nào gỡ ngay tại buổi họp, vướng mắc nào giao cơ quan và thời hạn.",
    "Kết luận lần trước chưa thực hiện: ai giải trình, lùi hạn hay xử lý trách nhiệm.",
  },

  body = function(doc, s)
    local gap, stuck, done = s["kproj.schedule_gap"], s["inv.bottlenecks_open"], s["kproj.conclusions_rate"]

    doc:section("Chậm bao nhiêu so với kế hoạch", function()
      if gap:state() >= gb.watch then
        answer.say(doc, s, { { gap, "Các công trình trọng điểm chậm so với kế hoạch: chênh lệch {}, {}", gap,
                               answer.course(gap, "đang thu hẹp", "đang xấu thêm", "chưa rõ chiều hướng") },
                             { stuck, "{} chờ xử lý", stuck }, { done, "kết luận lần trước thực hiện đúng hạn {}", done } })
      else
        answer.say(doc, s, { { gap, gap:value() < gb.points(0) and "Các công trình trọng điểm chậm nhẹ, chưa tới ngưỡng theo dõi: chênh lệch so với kế hoạch {}"
                                                               or "Các công trình trọng điểm đúng hoặc vượt kế hoạch: chênh lệch {}", gap },
                             { stuck, "{} chờ xử lý", stuck }, { done, "kết luận lần trước thực hiện đúng hạn {}", done } })
      end
      doc:finding { s["kproj.progress"], s["kproj.progress"]:change(), s["kproj.inspections_online"], plain = true }
      doc:line { gap, threshold = true }
    end)

    doc:section("Kết luận lần trước đã làm chưa", function()
      doc:bullet { done }
    end)

    doc:section("Đến nơi nào trước", function()
      doc:finding { stuck, stuck:change(), s["inv.projects_slow"], plain = true }
      doc:note("Tiến độ là bình quân các công trình trọng điểm; công trình nào chậm nhất do cơ quan chủ trì nêu tại buổi họp.")
      doc:map { s["inv.land_rate"], by = "commune", worst = 6 }
      doc:table { s:communes():worst(20, stuck):worst(8, s["inv.land_rate"]), title = "Nơi nên đến trước: nhiều vướng mắc, mặt bằng thấp",
                  columns = { s["inv.land_rate"], stuck, s["inv.projects_slow"], s["kproj.safety_events"] } }
    end)

    doc:section("An toàn trên công trường", function() doc:line { s["kproj.safety_events"], threshold = true } end)

    doc:section("Mục tiêu năm chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
