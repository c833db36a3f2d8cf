-- Chuyên đề khi có yêu cầu; hiện dùng cho chuyển đổi số và chính bộ chỉ số này: số liệu có tự chảy về không, có đủ tin để họp không.
local closing = use "closing"

return gb.scenario {
  code   = "other-thematic",
  rhythm = "monthly",
  watch  = { "dq.auto_rate", "dq.ontime_rate", "dq.complete_rate", "dq.reject_rate", "dx.dti", "dx.digital_gdp", "dx.vneid_rate", "dx.dvc_account_rate",
             "dx.stat_digital_rate", "dx.report_cut_rate", "dx.incidents", "prog.nq57_done_rate" },

  actions = {
    watch     = { who = gb.office, does = "nhắc cơ quan chậm số liệu, gửi danh sách chỉ số thiếu", within = gb.days(2) },
    warning   = { { who = gb.office, does = "làm việc với cơ quan có tỷ lệ đúng kỳ hạn thấp nhất, thống nhất cách gửi", within = gb.days(7), with = gb.agency("so-khoa-hoc-cong-nghe") },
                  { who = gb.agency("so-khoa-hoc-cong-nghe"), does = "kết nối tự động hệ thống nguồn của các chỉ số còn gửi bằng tệp", within = gb.weeks(4) } },
    danger    = { { who = gb.chair, does = "yêu cầu người đứng đầu cơ quan chậm giải trình, giao mốc kết nối", within = gb.days(7) },
                  { who = gb.agency("cong-an"), does = "xử lý sự cố an toàn thông tin, báo cáo phạm vi ảnh hưởng", within = gb.days(1) } },
    emergency = { who = gb.chair, does = "chỉ đạo ứng cứu sự cố an toàn thông tin, dùng kênh báo cáo dự phòng", within = gb.hours(6), with = gb.agency("cong-an") },
  },

  decide = {
    "Cơ quan, hệ thống phải kết nối tự động và thời hạn.",
    "Chế độ báo cáo giấy được bỏ vì đã có dữ liệu số.",
    "Nguồn lực cho chuyển đổi số ở xã, phường thấp nhất.",
  },

  body = function(doc, s)
    doc:section("Số liệu có tự chảy về không", function()
      doc:finding { s["dq.auto_rate"], s["dq.auto_rate"]:change(), s["dq.auto_rate"]:target() }
      doc:bullet { s["dq.auto_rate"] }
      doc:table { s:list { "dq.ontime_rate", "dq.complete_rate", "dq.reject_rate", "dx.stat_digital_rate", "dx.report_cut_rate" },
                  title = "Chất lượng của bộ chỉ số", columns = { "value", "previous", "target", "state", "spark" } }
      doc:line { s["dq.ontime_rate"], threshold = true, periods = 60 }
    end)

    doc:section("Người dân, doanh nghiệp đã dùng chưa", function()
      doc:finding { s["dx.dvc_account_rate"], s["dx.dvc_account_rate"]:change(), s["dx.dvc_account_rate"]:target() }
      doc:map { s["dx.dvc_account_rate"], by = "commune" }
      doc:bars { s["dx.vneid_rate"], by = "commune", worst = 12 }
    end)

    doc:section("Nghị quyết 57 và vị trí của địa phương", function()
      doc:table { s:list { "prog.nq57_done_rate", "dx.dti", "dx.digital_gdp", "dx.incidents" }, title = "Nhiệm vụ, xếp hạng, kinh tế số, an toàn thông tin",
                  columns = { "value", "same_period", "target", "state", "period" } }
      doc:missed { s:watch() }
    end)

    closing.meeting(doc, s)
  end,
}
