-- Thiên tai: theo mẫu và nhịp báo cáo nhanh (Thông tư liên tịch 43/2015/TTLT-BNNPTNT-BKHĐT): báo cáo đầu trong 24 giờ, sau đó mỗi ngày một
-- báo cáo cho đến khi kết thúc; cấp xã 17 giờ, cấp tỉnh 19 giờ. Trình tự: thời tiết, thủy văn, hồ chứa, đê điều, thiệt hại, chỉ đạo, đề xuất.
-- Câu hỏi của lãnh đạo: nước lên tới đâu so với báo động, chỗ nào phải sơ tán, thiệt hại đến giờ này. Không có đợt nào thì báo cáo ngắn.
local DAMAGE = { "dis.casualties", "dis.houses_damaged", "dis.loss" }

-- Cái gì mở một đợt: cấp độ rủi ro đang cảnh báo, mưa lớn, nước trên báo động, thiệt hại đầu tiên.
local function event_of(s)
  return s:event { s["dis.risk_level"], s["dis.rain_24h"], s:like "dis.level_*", s["dis.casualties"], step = gb.warning }
end

return gb.scenario {
  code   = "disaster-response",
  type   = "BÁO CÁO NHANH",
  rhythm = "daily",
  watch  = { "dis.risk_level", "dis.rain_24h", "dis.level_giang", "dis.level_lynhan", "dis.level_kimtan", "dis.level_cuadat",
             "dis.outflow_cuadat", "dis.reservoirs_full", "dis.dyke_incidents", "dis.landslides", "dis.evacuated",
             "dis.casualties", "dis.houses_damaged", "dis.loss" },

  deadlines = {
    { who = gb.commune_committees, within = gb.hours(24), does = "báo cáo nhanh lần đầu từ khi thiên tai xảy ra" },
    { who = gb.commune_committees, at = "17:00", does = "báo cáo hằng ngày cho đến khi kết thúc đợt thiên tai: diễn biến, thiệt hại, việc đã làm, đề nghị" },
    { who = gb.lead, at = "19:00", does = "tổng hợp, báo cáo Ủy ban nhân dân và Ban Chỉ đạo cấp trên" },
  },

  trigger = function(now)
    if now["dis.risk_level"]:state() >= gb.warning then return "Đang cảnh báo rủi ro thiên tai từ cấp hai trở lên" end
    for _, level in ipairs(now:points(now:like "dis.level_*")) do
      if level:state() >= gb.warning then return level:name() .. " vượt báo động hai hoặc mức cảnh báo" end
    end
    if now["dis.casualties"]:state() >= gb.watch then return "Có người chết hoặc mất tích do thiên tai, sự cố" end
    if now["dis.dyke_incidents"]:state() >= gb.warning then return "Nhiều sự cố đê điều, hồ đập trong ngày" end
  end,

  -- Tin CAP cho trung tâm điều hành: thiên tai nào, theo chỉ số nào.
  cap = {
    { event = "Mưa lớn", category = "Met", about = { "dis.rain_24h" } },
    { event = "Lũ, xả lũ", category = "Met", about = { "dis.level_*", "dis.outflow_*" } },
    { event = "Sạt lở đất", category = "Geo", about = { "dis.landslides" } },
    { event = "Sự cố đê điều, hồ đập", category = { "Infra", "Safety" }, about = { "dis.dyke_incidents" } },
    { event = "Thiên tai", category = { "Safety", "Rescue" }, about = { "dis.risk_level", "dis.casualties", "dis.houses_damaged" } },
  },

  actions = {
    watch     = { { who = gb.lead, does = "trực ban 24/24 giờ, thông báo mực nước và lượng mưa cho các xã, phường", within = gb.hours(6) },
                  { who = gb.commune_committees, does = "kiểm tra khu vực có nguy cơ sạt lở, ngập sâu; rà soát phương án sơ tán", within = gb.hours(12) } },
    warning   = { { who = gb.lead, does = "tham mưu công điện, tổ chức tuần tra canh gác đê theo cấp báo động", within = gb.hours(3) },
                  { who = gb.commune_committees, does = "sơ tán người dân khỏi khu vực nguy hiểm, bố trí lực lượng tại chỗ", within = gb.hours(6), with = gb.agency("quan-su") } },
    danger    = { { who = gb.chair, does = "ban hành công điện, quyết định lệnh sơ tán và huy động lực lượng", within = gb.hours(2) },
                  { who = gb.agency("quan-su"), does = "điều lực lượng, phương tiện cứu hộ đến địa bàn trọng điểm", within = gb.hours(2), with = gb.agency("cong-an") } },
    emergency = { { who = gb.chair, does = "chỉ huy trực tiếp tại sở chỉ huy, đề nghị cấp trên chi viện", within = gb.hours(1) },
                  { who = gb.agency("quan-su"), does = "huy động toàn bộ lực lượng ứng trực, bảo đảm thông tin liên lạc", within = gb.hours(1), with = gb.agency("cong-an") } },
  },

  decide = {
    "Lệnh sơ tán, cấm đường, cấm biển và phạm vi áp dụng.",
    "Vận hành xả lũ hồ chứa và thông báo cho hạ du.",
    "Hỗ trợ khẩn cấp cho hộ dân bị thiệt hại và khôi phục giao thông, điện, thông tin liên lạc.",
  },

  body = function(doc, s)
    local event = event_of(s)
    local open  = event and event.open
    local levels = s:points(s:like "dis.level_*")

    if open then
      doc:callout(event.level, "Báo cáo nhanh số {}, ngày thứ {} của đợt thiên tai thứ {} ghi nhận trong năm, bắt đầu ngày {}.", event.day, event.day, event.number, event.since)
      if event.silent then doc:note("Các trạm mở đợt này đã mất số liệu: chưa kết luận được đợt thiên tai đã kết thúc.") end
    elseif not (s["dis.risk_level"]:state() >= gb.good) then
      doc:callout(s["dis.risk_level"]:state(), "Không có số liệu mới về cấp độ rủi ro thiên tai: chưa kết luận được có đợt thiên tai đang diễn ra hay không.")
    elseif event then
      doc:callout(gb.good, "Không có đợt thiên tai đang diễn ra. Đợt gần nhất từ ngày {} đến ngày {}.", event.since, event.ended)
    else
      doc:callout(gb.good, "Không có đợt thiên tai đang diễn ra.")
    end

    doc:section("Tình hình thời tiết, thủy văn", function()
      doc:finding { s["dis.risk_level"], s["dis.risk_level"]:change(), plain = true }
      if open then
        doc:bars { s["dis.rain_24h"], by = "point", worst = 10 }
        doc:map { s["dis.rain_24h"], by = "point", worst = 5, tiles = false }
      end
      doc:table { levels, title = "Mực nước các trạm, hồ so với báo động", columns = { "value", "previous", "threshold", "state", "period" } }
      if open then
        for _, station in ipairs(s:take(2, levels)) do doc:line { station, threshold = true, forecast = "delivered", periods = 72 } end
      end
    end)

    if not open then
      doc:section("Các lần vượt mức cảnh báo trong 90 ngày", function()
        doc:events { { s["dis.risk_level"], s["dis.rain_24h"], s:like "dis.level_*" }, by = "point", days = 90, limit = 10,
                     title = "Cấp độ rủi ro, mưa, mực nước" }
      end)
      doc:section("Thời hạn báo cáo khi có thiên tai", function() doc:deadlines() end)
      doc:source()
      return
    end

    doc:section("Hồ chứa, đê điều", function()
      doc:table { { s:points(s:like "dis.outflow_*"), s:list { "dis.reservoirs_full", "dis.dyke_incidents", "dis.landslides" } },
                  title = "Hồ chứa, đê điều, sạt lở", columns = { "value", "previous", "threshold", "state", "period" } }
    end)

    doc:section("Thiệt hại đến thời điểm báo cáo (số liệu sơ bộ)", function()
      doc:figures { s:list(DAMAGE), s["dis.evacuated"] }
      doc:map { s["dis.houses_damaged"], by = "commune" }
      doc:bars { s["dis.houses_damaged"], by = "commune", worst = 12 }
      doc:note("Số liệu thiệt hại ban đầu là số liệu sơ bộ, được cập nhật hằng ngày cho đến khi kết thúc đợt thiên tai.")
    end)

    doc:section("Công tác chỉ huy, ứng phó", function()
      doc:finding { s["dis.evacuated"], s["dis.evacuated"]:change() }
      doc:actions()
      doc:deadlines()
    end)
    doc:section("Kiến nghị, đề xuất", function() doc:decisions() end)

    doc:annex("Diễn biến của đợt", function()
      doc:events { { s["dis.risk_level"], s["dis.casualties"], s["dis.rain_24h"], s:like "dis.level_*" }, by = "point", days = 30,
                   title = "Cấp độ rủi ro, thiệt hại về người, mưa, mực nước theo trạm" }
    end)
    doc:source()
  end,
}
