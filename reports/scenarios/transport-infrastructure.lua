-- Tài sản kết cấu hạ tầng giao thông. Câu hỏi của lãnh đạo: đường có thông không, hư hỏng có sửa kịp không, cầu yếu còn bao nhiêu và ở đâu.
local answer, closing = use "answer", use "closing"

return gb.scenario {
  code   = "transport-infrastructure",
  rhythm = "weekly",
  watch  = { "ti.blocked", "dis.landslides", "ti.defects_open", "ti.defects_fixed_rate", "ti.weak_bridges", "ts.blackspots", "ti.good_rate", "ti.road_km",
             "ti.digitised_rate" },

  trigger = function(now)
    if now["ti.blocked"]:state() >= gb.warning then return "Nhiều điểm chia cắt, tắc đường do thiên tai, sự cố" end
    if now["dis.landslides"]:state() >= gb.danger then return "Sạt lở mới xuất hiện nhiều nơi, đe dọa các tuyến đường" end
    if now["ti.weak_bridges"]:state() >= gb.danger then return "Số cầu yếu chưa sửa chữa ở mức nguy hiểm" end
    if now["ti.defects_open"]:rising() >= 4 and now["ti.defects_open"]:state() >= gb.warning then
      return "Hư hỏng đường, cầu dồn lại bốn tuần liên tiếp"
    end
  end,

  actions = {
    watch     = { { who = gb.owner("ti.defects_open"), does = "giao đơn vị quản lý đường sửa hư hỏng đã quá hạn, cắm biển cảnh báo chỗ chưa sửa được", within = gb.days(3),
                    about = { "ti.defects_open", "ti.defects_fixed_rate" } },
                  { who = gb.commune_committees, does = "báo ngay hư hỏng, sạt lở mới trên đường của địa bàn kèm vị trí", within = gb.days(1),
                    about = { "ti.blocked", "dis.landslides" } } },
    warning   = { { who = gb.owner("ti.blocked"), does = "thông một làn tại điểm chia cắt, công bố tuyến tránh", within = gb.hours(12),
                    about = { "ti.blocked", "dis.landslides" }, with = gb.agency("cong-an") },
                  { who = gb.owner("ti.weak_bridges"), does = "đặt biển hạn chế tải trọng, bố trí người gác cầu yếu trên tuyến vòng tránh", within = gb.days(2),
                    about = { "ti.weak_bridges" } } },
    danger    = { { who = gb.owner("ti.blocked"), does = "huy động máy móc, vật tư dự phòng của các đơn vị đến điểm chia cắt", within = gb.hours(6),
                    about = { "ti.blocked", "dis.landslides" }, with = gb.agency("quan-su") },
                  { who = gb.agency("cong-an"), does = "cấm đường, phân luồng từ xa, hướng dẫn phương tiện", within = gb.hours(2),
                    about = { "ti.blocked", "dis.landslides" }, with = gb.commune_committees },
                  { who = gb.chair, does = "quyết định kinh phí khắc phục khẩn cấp, sửa cầu yếu nguy hiểm nhất", within = gb.days(3),
                    about = { "ti.weak_bridges", "ti.blocked", "dis.landslides" } } },
    emergency = { { who = gb.chair, does = "chỉ đạo bảo đảm lương thực, y tế cho địa bàn bị cô lập, huy động lực lượng mở đường", within = gb.hours(2),
                    about = { "ti.blocked", "dis.landslides" }, with = gb.agency("quan-su") } },
  },

  decide = {
    "Đoạn đường, cầu phải cấm hoặc hạn chế tải trọng và tuyến thay thế.",
    "Cầu yếu, điểm đen được bố trí vốn sửa chữa trước.",
    "Thời hạn đưa toàn bộ tài sản hạ tầng giao thông lên bản đồ số.",
  },

  body = function(doc, s)
    local blocked, open, bridges = s["ti.blocked"], s["ti.defects_open"], s["ti.weak_bridges"]

    doc:section("Đường có thông không", function()
      local fixed  = s["ti.defects_fixed_rate"]
      local slides = { s["dis.landslides"], "{} sạt lở mới", s["dis.landslides"] }
      if blocked:value() >= gb.number(1) then
        answer.say(doc, s, { { blocked, "Đang có {} chia cắt, tắc đường", blocked }, slides })
      else
        answer.say(doc, s, { { blocked, "Đường thông suốt, không có điểm chia cắt" }, slides, { open, "còn {} kết cấu hạ tầng chưa xử lý", open },
                             { fixed, "xử lý đúng hạn {}", fixed } })
      end
      if blocked:value() >= gb.number(1) then
        doc:bars { blocked, by = "commune", worst = 8 }
        doc:events { { blocked, s["dis.landslides"] }, days = 30, step = gb.watch, limit = 4, title = "Các lần chia cắt, sạt lở trong 30 ngày" }
      end
      doc:line { open, threshold = true, periods = 52 }
      doc:line { bridges, threshold = true }
    end)

    doc:section("Cầu yếu, điểm đen còn ở đâu", function()
      doc:finding { bridges, bridges:change(), s["ts.blackspots"], s["ts.blackspots"]:change(), plain = true }
      doc:bars { bridges, by = "commune", worst = 6 }
    end)

    doc:section("Nơi nào sửa chậm", function()
      doc:map { s["ti.defects_fixed_rate"], by = "commune", worst = 6 }
    end)

    doc:section("Chất lượng đường và số hóa tài sản", function()
      doc:table { s:list { "ti.road_km", "ti.good_rate", "ti.digitised_rate" }, title = "Chiều dài, chất lượng, số hóa",
                  columns = { "value", "same_period", "target", "state", "period" } }
      doc:heat { { s["ti.defects_fixed_rate"], open, bridges, s["ts.blackspots"], s["ti.good_rate"], s["ti.digitised_rate"] }, by = "commune", worst = 10,
                 title = "Xã, phường nhiều việc chậm nhất" }
    end)

    doc:section("Mục tiêu năm chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
