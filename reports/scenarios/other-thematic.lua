-- Chuyên đề khi có yêu cầu; hiện dùng cho chuyển đổi số và chính bộ chỉ số này: số liệu có tự chảy về không, có đủ tin để họp không.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "other-thematic",
  rhythm = "monthly",
  watch  = { "dq.auto_rate", "dq.ontime_rate", "dq.complete_rate", "dq.reject_rate", "dx.dti", "dx.digital_gdp", "dx.vneid_rate", "dx.dvc_account_rate",
             "dx.stat_digital_rate", "dx.report_cut_rate", "dx.incidents", "prog.nq57_done_rate" },

  actions = {
    watch     = { who = gb.office, does = "nhắc cơ quan chậm số liệu, gửi danh sách chỉ số thiếu", within = gb.days(2),
                  about = { "dq.ontime_rate", "dq.complete_rate", "dq.reject_rate" } },
    warning   = { { who = gb.office, does = "làm việc với cơ quan có tỷ lệ đúng kỳ hạn thấp nhất, thống nhất cách gửi", within = gb.days(7),
                    about = { "dq.ontime_rate", "dq.complete_rate", "dq.reject_rate" }, with = gb.agency("so-khoa-hoc-cong-nghe") },
                  { who = gb.agency("so-khoa-hoc-cong-nghe"), does = "kết nối tự động hệ thống nguồn của các chỉ số còn gửi bằng tệp", within = gb.weeks(4),
                    about = { "dq.auto_rate" } } },
    danger    = { { who = gb.chair, does = "yêu cầu người đứng đầu cơ quan chậm giải trình, giao mốc kết nối", within = gb.days(7),
                    about = { "dq.ontime_rate", "dq.complete_rate", "dq.reject_rate", "dq.auto_rate" } },
                  { who = gb.agency("cong-an"), does = "xử lý sự cố an toàn thông tin, báo cáo phạm vi ảnh hưởng", within = gb.days(1), about = { "dx.incidents" } } },
    emergency = { who = gb.chair, does = "chỉ đạo ứng cứu sự cố an toàn thông tin, dùng kênh báo cáo dự phòng", within = gb.hours(6),
                  about = { "dx.incidents" }, with = gb.agency("cong-an") },
  },

  decide = {
    "Cơ quan, hệ thống phải kết nối tự động và thời hạn.",
    "Chế độ báo cáo giấy được bỏ vì đã có dữ liệu số.",
    "Nguồn lực cho chuyển đổi số ở xã, phường thấp nhất.",
  },

  body = function(doc, s)
    local auto, ontime, complete, hit = s["dq.auto_rate"], s["dq.ontime_rate"], s["dq.complete_rate"], s["dx.incidents"]

    doc:section("Số liệu có tự chảy về, có đủ tin để họp không", function()
      answer.say(doc, s, { { ontime, "{} chỉ số cập nhật đúng kỳ hạn (ngày {})", ontime, ontime:period() }, { complete, "{} xã, phường có đủ số liệu", complete },
                           { auto, "{} chỉ số đến tự động từ hệ thống nguồn", auto }, { hit, "sự cố an toàn thông tin {}: {}", hit:period(), hit } })
      doc:multiples { { ontime, complete, s["dq.reject_rate"] }, periods = 60 }
      doc:line { auto, target = true, forecast = true }
    end)

    doc:section("Mục tiêu chưa đạt", function() doc:missed { s:watch() } end)

    doc:section("Nghị quyết 57 và vị trí của địa phương", function()
      doc:table { s:list { "prog.nq57_done_rate", "dx.dti", "dx.digital_gdp", "dx.stat_digital_rate", "dx.report_cut_rate" },
                  title = "Nhiệm vụ, xếp hạng, kinh tế số, báo cáo được thay bằng dữ liệu", columns = { "same_period", "state", "period", "owner" } }
    end)

    doc:section("Người dân đã dùng chưa, nơi nào thấp", function()
      doc:map { s["dx.dvc_account_rate"], by = "commune" }
      doc:heat { { s["dx.vneid_rate"], s["dx.dvc_account_rate"] }, by = "commune", worst = 8 }
    end)

    closing.meeting(doc, s)
  end,
}
