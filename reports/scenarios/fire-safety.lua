-- Cháy nổ: hôm nay cháy ở đâu, nguy cơ cháy rừng đến cấp nào, cơ sở nào còn mất an toàn.
local closing = use "closing"

return gb.scenario {
  code   = "fire-safety",
  rhythm = "daily",
  watch  = { "fire.incidents", "fire.deaths", "fire.loss", "fire.forest_level", "fire.forest_fires", "fire.arrival_min", "fire.noncompliant", "dis.temp_max" },

  trigger = function(now)
    if now["fire.deaths"]:state() >= gb.watch then return "Có người chết do cháy, nổ" end
    if now["fire.forest_level"]:state() >= gb.warning then return "Dự báo cháy rừng cấp nguy hiểm trở lên" end
    if now["fire.incidents"]:state() >= gb.danger then return "Nhiều vụ cháy, nổ trong ngày" end
  end,

  actions = {
    watch     = { who = gb.lead, does = "cảnh báo cơ sở, khu dân cư có nguy cơ, kiểm tra nguồn nước chữa cháy", within = gb.days(1) },
    warning   = { { who = gb.lead, does = "kiểm tra đột xuất cơ sở không bảo đảm an toàn, đình chỉ nếu vi phạm", within = gb.days(3) },
                  { who = gb.owner("fire.forest_level"), does = "trực gác tại khu rừng trọng điểm, cấm đốt thực bì", within = gb.days(1), with = gb.commune_committees } },
    danger    = { { who = gb.chair, does = "ban hành công điện, giao trách nhiệm người đứng đầu địa bàn", within = gb.hours(6) },
                  { who = gb.lead, does = "điều tra nguyên nhân, báo cáo trách nhiệm quản lý", within = gb.days(3) } },
    emergency = { who = gb.chair, does = "chỉ huy chữa cháy, huy động lực lượng quân đội và địa phương lân cận", within = gb.hours(1), with = gb.agency("quan-su") },
  },

  decide = {
    "Cơ sở phải đình chỉ hoạt động và điều kiện hoạt động lại.",
    "Địa bàn, khu rừng phải cấm lửa và thời gian áp dụng.",
  },

  body = function(doc, s)
    local fires = s["fire.incidents"]

    doc:section("Cháy ở đâu, thiệt hại ra sao", function()
      doc:finding { fires, fires:change(), fires:same_period() }
      doc:table { s:list { "fire.incidents", "fire.deaths", "fire.loss" }, title = "Cháy, nổ trong ngày và lũy kế",
                  columns = { "value", "previous", "ytd", "ytd_change", "state", "period" } }
      doc:line { fires, threshold = true }
      doc:bars { fires, by = "commune", worst = 10 }
    end)

    doc:section("Nguy cơ cháy rừng", function()
      doc:finding { s["fire.forest_level"], s["fire.forest_level"]:change() }
      doc:bars { s["fire.forest_level"], by = "commune", worst = 10 }
      doc:map { s["fire.forest_level"], by = "commune" }
      doc:table { s:points(s["dis.temp_max"]), title = "Nhiệt độ cao nhất theo trạm", columns = { "value", "threshold", "state", "period" } }
      doc:finding { s["fire.forest_fires"], s["fire.forest_fires"]:ytd() }
    end)

    doc:section("Sẵn sàng và an toàn cơ sở", function()
      doc:table { s:list { "fire.arrival_min", "fire.noncompliant" }, title = "Thời gian có mặt và cơ sở chưa an toàn",
                  columns = { "value", "previous", "target", "state", "period" } }
      doc:bars { s["fire.noncompliant"], by = "commune", worst = 10 }
    end)

    doc:section("Chỉ tiêu chưa đạt, chậm tiến độ", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
