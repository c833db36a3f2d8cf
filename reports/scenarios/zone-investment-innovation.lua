-- Khu công nghệ cao, khu công nghiệp, khu kinh tế: vốn mới có vào đúng nhịp năm không, dự án nào nằm im, đổi mới sáng tạo tới đâu.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "zone-investment-innovation",
  rhythm = "monthly",
  watch  = { "zi.fdi_new", "zi.new_projects", "zi.slow", "zi.requests_rate", "zi.occupancy", "zi.projects", "zi.fdi_total", "zi.hightech", "zi.startups",
             "iz.wwtp_rate", "cp.rd_share", "cp.pii" },

  trigger = function(now)
    if now["zi.slow"]:state() >= gb.danger then return "Nhiều dự án trong các khu chậm tiến độ" end
    if now["zi.slow"]:rising() >= 3 and now["zi.slow"]:state() >= gb.warning then return "Số dự án chậm tiến độ tăng ba kỳ liên tiếp" end
    if now["zi.requests_rate"]:state() >= gb.danger then return "Kiến nghị của nhà đầu tư không được giải quyết đúng hạn" end
    if now["zi.fdi_new"]:behind_pace() > gb.points(30) then return "Thu hút vốn đầu tư nước ngoài chậm hơn kế hoạch trên ba mươi điểm phần trăm" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "gặp nhà đầu tư của dự án chậm, ghi rõ vướng mắc và mốc cam kết", within = gb.days(7), about = { "zi.slow" } },
    warning   = { { who = gb.lead, does = "phân loại dự án chậm theo nguyên nhân: mặt bằng, thủ tục, vốn, hạ tầng; báo cáo phương án", within = gb.days(5),
                    about = { "zi.slow" } },
                  { who = gb.agency("so-tai-chinh"), does = "trả lời các kiến nghị quá hạn của nhà đầu tư", within = gb.days(5),
                    about = { "zi.requests_rate" }, with = gb.lead } },
    danger    = { { who = gb.chair, does = "họp với nhà đầu tư của các dự án chậm nhất, giao mốc cho từng sở", within = gb.days(7), about = { "zi.slow", "zi.requests_rate" } },
                  { who = gb.lead, does = "rà soát dự án đủ điều kiện chấm dứt hoạt động theo Luật Đầu tư, trình xử lý", within = gb.days(10),
                    about = { "zi.slow" }, with = gb.agency("so-tu-phap") } },
    emergency = { who = gb.chair, does = "trực tiếp chỉ đạo tháo gỡ, quyết định thu hồi hoặc gia hạn từng dự án", within = gb.days(5), about = { "zi.slow" } },
  },

  decide = {
    "Dự án được gia hạn, dự án bị thu hồi và lý do.",
    "Hạ tầng, mặt bằng sạch phải xong để đón nhà đầu tư trong quý tới.",
    "Hỗ trợ doanh nghiệp khởi nghiệp, dự án công nghệ cao.",
  },

  body = function(doc, s)
    local fdi, slow, answered = s["zi.fdi_new"], s["zi.slow"], s["zi.requests_rate"]

    doc:section("Vốn mới có vào đúng nhịp năm không", function()
      answer.say(doc, s, { { fdi, "Vốn đầu tư nước ngoài đăng ký mới {} là {}, từ đầu năm {}", fdi:period(), fdi, fdi:ytd() },
                           { slow, "{} chậm tiến độ", slow }, { answered, "trả lời đúng hạn {} kiến nghị của nhà đầu tư", answered } })
      doc:line { fdi, target = true, last_year = true }
      doc:table { s:list { "zi.fdi_new", "zi.new_projects" }, title = "Từ đầu năm và phần còn lại của năm", columns = { "ytd", "ytd_change", "attainment", "expected", "needed", "chance" } }
    end)

    doc:section("Dự án nào nằm im, nhà đầu tư chờ gì", function()
      doc:line { slow, threshold = true, forecast = true }
      doc:line { answered, threshold = true }
    end)

    doc:section("Đổi mới sáng tạo và hạ tầng ở đâu", function()
      doc:table { s:list { "zi.projects", "zi.fdi_total", "zi.hightech", "zi.startups", "cp.rd_share", "cp.pii", "iz.wwtp_rate", "zi.occupancy" },
                  title = "Dự án, công nghệ cao, khởi nghiệp, nghiên cứu, hạ tầng", columns = { "value", "same_period", "state", "period" } }
      doc:map { s["zi.startups"], by = "commune" }
    end)

    doc:section("Mục tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
