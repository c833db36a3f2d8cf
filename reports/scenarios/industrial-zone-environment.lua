-- Môi trường khu công nghiệp: khu nào xả vượt ngưỡng, lúc nào, lặp lại bao nhiêu lần; trạm nào không truyền số liệu.
-- Nhật ký vi phạm tự động lập từ chính số đo của từng khu: mở, đỉnh, đóng, số lần; là căn cứ ban đầu để đánh giá tuân thủ.
local closing = use "closing"

return gb.scenario {
  code   = "industrial-zone-environment",
  rhythm = "daily",
  -- Tỷ lệ có trạm xử lý, tỷ lệ tuân thủ là số của quý, của tháng: nói ở bảng, không mở quy trình dừng xả trong sáu giờ.
  watch  = { "iz.exceed_events", "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "env.so2_1h", "iz.online_rate", "iz.reports" },

  trigger = function(now)
    for _, zone in ipairs(now:points(now["iz.cod"], now["iz.tss"], now["iz.ammonia"], now["iz.ph"])) do
      if zone:state() >= gb.danger then return "Nước thải khu công nghiệp vượt xa ngưỡng" end
    end
    if now["iz.exceed_events"]:state() >= gb.danger then return "Nhiều lần vượt ngưỡng quan trắc tại các khu công nghiệp trong ngày" end
    if now["iz.online_rate"]:state() >= gb.danger then return "Nhiều trạm quan trắc khu công nghiệp không truyền số liệu" end
  end,

  -- Tin CAP cho trung tâm điều hành; trạm mất kết nối, phản ánh không phải là hiểm họa để báo.
  cap = {
    { event = "Nước thải khu công nghiệp vượt ngưỡng", category = "Env", about = { "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "iz.exceed_events" } },
    { event = "Khí thải khu công nghiệp vượt ngưỡng", category = "Env", about = { "env.so2_1h" } },
  },

  actions = {
    watch     = { who = gb.lead, does = "yêu cầu chủ hạ tầng giải trình lần vượt ngưỡng, kiểm tra thiết bị đo", within = gb.days(1) },
    warning   = { { who = gb.lead, does = "kiểm tra tại chỗ, lấy mẫu đối chứng, lập biên bản", within = gb.days(1),
                    about = { "iz.exceed_events", "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "env.so2_1h", "iz.reports" }, with = gb.agency("so-nong-nghiep-moi-truong") },
                  { who = gb.agency("so-nong-nghiep-moi-truong"), does = "đối chiếu với giấy phép môi trường, đề xuất xử lý", within = gb.days(3),
                    about = { "iz.exceed_events", "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "env.so2_1h" } } },
    danger    = { { who = gb.agency("so-nong-nghiep-moi-truong"), does = "yêu cầu dừng xả, xử lý vi phạm theo thẩm quyền", within = gb.hours(6),
                    about = { "iz.exceed_events", "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "env.so2_1h" }, with = gb.agency("cong-an") },
                  { who = gb.chair, does = "quyết định đình chỉ nguồn thải vi phạm lặp lại", within = gb.days(2),
                    about = { "iz.exceed_events", "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "env.so2_1h" } } },
    emergency = { who = gb.chair, does = "chỉ đạo khoanh vùng sự cố môi trường, cảnh báo người dân vùng hạ lưu", within = gb.hours(2),
                  about = { "iz.exceed_events", "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "env.so2_1h" } },
  },

  decide = {
    "Cơ sở phải dừng xả thải, thời gian và điều kiện vận hành lại.",
    "Khu công nghiệp phải bổ sung, sửa chữa trạm quan trắc tự động.",
  },

  body = function(doc, s)
    local pollutants = { s["iz.cod"], s["iz.tss"], s["iz.ammonia"], s["iz.ph"] }
    local water = s:points(s["iz.cod"], s["iz.tss"], s["iz.ammonia"], s["iz.ph"])

    doc:section("Khu nào đang vượt ngưỡng", function()
      local over = s:alerts(gb.warning, water)
      doc:summary { s:take(5, over), requests = false }
      if #over == 0 and #water > 0 then doc:text("Số đo mới nhất của các khu công nghiệp đều dưới ngưỡng cảnh báo.") end
      doc:events { pollutants, by = "point", days = 90, count = true, title = "Vi phạm theo khu trong 90 ngày, khu lặp lại nhiều nhất trước" }
      doc:map { s["iz.cod"], by = "point", worst = 6 }
    end)

    doc:section("Nhật ký vi phạm tự động", function()
      doc:events { pollutants, by = "point", days = 30, title = "Các lần vượt ngưỡng trong 30 ngày, theo khu", limit = 30 }
      doc:note("Một lần bắt đầu khi số đo tới ngưỡng cảnh báo và kết thúc khi số đo trở lại mức tốt, hoặc dưới ngưỡng hai giờ liên tiếp; giờ mất số liệu không mở, không đóng lần nào. Nơi số liệu có ít thì số lần ít chưa phải là tuân thủ.")
      doc:bars { s["iz.exceed_events"], by = "point", worst = 10 }
      doc:table { s:points(s["iz.exceed_events"]), title = "Đối chiếu: số lần vượt ngưỡng do đơn vị quản lý báo cáo", columns = { "value", "previous", "ytd", "period" } }
    end)

    doc:section("Chất lượng nước thải sau xử lý", function()
      for _, zone in ipairs(s:take(2, water)) do doc:line { zone, threshold = true } end
      doc:table { water, title = "Nước thải theo khu, xấu nhất trước", columns = { "value", "threshold", "spark", "state", "period" } }
    end)

    doc:section("Không khí, truyền số liệu, tuân thủ và phản ánh", function()
      doc:table { s:points(s["env.so2_1h"]), title = "Nồng độ SO2 theo điểm đo", columns = { "value", "threshold", "state", "period" } }
      doc:table { s:list { "iz.online_rate", "iz.compliance_rate", "iz.wwtp_rate", "iz.reports" }, title = "Truyền số liệu, tuân thủ, phản ánh",
                  columns = { "value", "previous", "same_period", "state", "period" } }
    end)

    doc:note("Ngưỡng so sánh là ngưỡng đề xuất, dùng chung cho các khu. Căn cứ xử lý là giới hạn trong giấy phép môi trường của từng cơ sở và kết quả lấy mẫu đối chứng; nhật ký này là căn cứ ban đầu để kiểm tra.")
    doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
