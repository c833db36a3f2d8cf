-- Thiên tai: trình tự báo cáo nhanh (thời tiết, thủy văn, hồ chứa, đê điều, thiệt hại, chỉ đạo, đề xuất).
-- Câu hỏi của lãnh đạo: nước lên tới đâu so với báo động, chỗ nào phải sơ tán, thiệt hại đến giờ này.
return gb.scenario {
  code   = "disaster-response",
  type   = "BÁO CÁO NHANH",
  rhythm = "daily",
  watch  = { "dis.risk_level", "dis.rain_24h", "dis.level_giang", "dis.level_lynhan", "dis.level_kimtan", "dis.level_cuadat",
             "dis.outflow_cuadat", "dis.reservoirs_full", "dis.dyke_incidents", "dis.landslides", "dis.evacuated",
             "dis.casualties", "dis.houses_damaged", "dis.loss" },

  trigger = function(now)
    if now["dis.risk_level"]:state() >= gb.warning then return "Đang cảnh báo rủi ro thiên tai từ cấp hai trở lên" end
    for _, level in ipairs(now:points(now["dis.level_giang"], now["dis.level_lynhan"], now["dis.level_kimtan"])) do
      if level:state() >= gb.warning then return level:name() .. " vượt báo động hai" end
    end
    for _, lake in ipairs(now:points(now["dis.level_cuadat"])) do
      if lake:state() >= gb.danger then return lake:name() .. " đạt mực nước dâng bình thường" end
    end
    if now["dis.casualties"]:state() >= gb.watch then return "Có người chết hoặc mất tích do thiên tai, sự cố" end
    if now["dis.dyke_incidents"]:state() >= gb.warning then return "Nhiều sự cố đê điều, hồ đập trong ngày" end
  end,

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
    local stations = s:points(s["dis.level_giang"], s["dis.level_lynhan"], s["dis.level_kimtan"])
    local rain = s:points(s["dis.rain_24h"])
    local damage = s:list { "dis.casualties", "dis.houses_damaged", "dis.loss" }

    doc:section("Tình hình thiên tai", function()
      doc:finding { s["dis.risk_level"], s["dis.risk_level"]:change() }
      doc:table { s:take(8, rain), title = "Lượng mưa lớn nhất theo trạm", columns = { "value", "threshold", "state", "period" } }
    end)

    doc:section("Thủy văn", function()
      doc:table { stations, title = "Mực nước các trạm so với báo động", columns = { "value", "previous", "threshold", "state", "period" } }
      for _, station in ipairs(s:take(2, stations)) do doc:line { station, threshold = true, forecast = true } end
    end)

    doc:section("Hồ chứa, đê điều", function()
      doc:table { { s:points(s["dis.level_cuadat"], s["dis.outflow_cuadat"]), s:list { "dis.reservoirs_full", "dis.dyke_incidents", "dis.landslides" } },
                  title = "Hồ chứa, đê điều, sạt lở", columns = { "value", "previous", "threshold", "state", "period" } }
    end)

    doc:section("Thiệt hại đến thời điểm báo cáo", function()
      doc:figures { damage, s["dis.evacuated"] }
      doc:map { s["dis.houses_damaged"], by = "commune" }
      doc:bars { s["dis.houses_damaged"], by = "commune", worst = 12 }
      if #damage > 0 then doc:note("Số liệu thiệt hại ban đầu là số liệu sơ bộ, được cập nhật hằng ngày cho đến khi kết thúc đợt thiên tai.") end
    end)

    doc:section("Chỉ đạo, ứng phó", function()
      doc:finding { s["dis.evacuated"], s["dis.evacuated"]:change() }
      doc:actions()
    end)
    doc:section("Kiến nghị, đề xuất", function() doc:decisions() end)
    doc:source()
  end,
}
