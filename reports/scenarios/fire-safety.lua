-- Cháy nổ: hôm nay cháy ở đâu, nguy cơ cháy rừng đến cấp nào, cơ sở nào còn mất an toàn.
local answer, closing = use "answer", use "closing"

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
    warning   = { { who = gb.lead, does = "kiểm tra đột xuất cơ sở không bảo đảm an toàn, đình chỉ nếu vi phạm", within = gb.days(3),
                    about = { "fire.noncompliant", "fire.incidents", "fire.deaths", "fire.loss" } },
                  { who = gb.owner("fire.forest_level"), does = "trực gác tại khu rừng trọng điểm, cấm đốt thực bì", within = gb.days(1),
                    about = { "fire.forest_level", "fire.forest_fires", "dis.temp_max" }, with = gb.commune_committees } },
    danger    = { { who = gb.chair, does = "ban hành công điện, giao trách nhiệm người đứng đầu địa bàn", within = gb.hours(6),
                    about = { "fire.incidents", "fire.deaths", "fire.loss", "fire.forest_level", "fire.forest_fires", "dis.temp_max" } },
                  { who = gb.lead, does = "điều tra nguyên nhân, báo cáo trách nhiệm quản lý", within = gb.days(3),
                    about = { "fire.incidents", "fire.deaths", "fire.loss", "fire.forest_fires" } } },
    emergency = { who = gb.chair, does = "chỉ huy chữa cháy, huy động lực lượng quân đội và địa phương lân cận", within = gb.hours(1),
                  about = { "fire.incidents", "fire.deaths", "fire.forest_fires" }, with = gb.agency("quan-su") },
  },

  decide = {
    "Cơ sở phải đình chỉ hoạt động và điều kiện hoạt động lại.",
    "Địa bàn, khu rừng phải cấm lửa và thời gian áp dụng.",
  },

  body = function(doc, s)
    local fires, level, unsafe = s["fire.incidents"], s["fire.forest_level"], s["fire.noncompliant"]

    doc:section("Cháy ở đâu, rừng có dễ cháy không", function()
      answer.say(doc, s, { { fires, "Ngày {} có {} cháy, nổ, từ đầu năm {}", fires:period(), fires, fires:ytd() }, { s["fire.deaths"], "từ đầu năm chết {}", s["fire.deaths"]:ytd() },
                           { level, "nguy cơ cháy rừng cao nhất {}", level }, { unsafe, "{} chưa bảo đảm an toàn", unsafe } })
      if fires:value() > gb.number(0) then doc:bars { fires, by = "commune", worst = 8 } end
      doc:calendar { fires, days = 182 }
      doc:table { s:list { "fire.incidents", "fire.deaths", "fire.loss", "fire.forest_fires" }, title = "Cháy, nổ, thiệt hại lũy kế so với cùng kỳ",
                  columns = { "ytd", "ytd_change", "previous", "period" } }
    end)

    doc:section("Rừng nào phải cấm lửa", function()
      doc:map { level, by = "commune" }
      doc:bars { s["dis.temp_max"], by = "point", worst = 6 }
    end)

    doc:section("Cơ sở chưa an toàn ở đâu", function()
      doc:bars { unsafe, by = "commune", worst = 8 }
      doc:line { s["fire.arrival_min"], target = true }
    end)

    doc:section("Mục tiêu chưa đạt", function() doc:missed { s:watch() } end)

    closing.meeting(doc, s)
  end,
}
