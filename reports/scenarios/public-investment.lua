-- Đầu tư công: tiền có ra đúng tiến độ không, chậm ở đâu, ai gỡ.
-- So với đường tiến độ giải ngân: vốn đầu tư ra ít ở đầu năm, dồn về cuối năm, nên không so với đường chia đều.
local closing = use "closing"

return gb.scenario {
  code      = "public-investment",
  audiences = { "leadership", "front" },
  rhythm    = "monthly",
  watch     = { "inv.disbursement_rate", "inv.disbursed_cum", "inv.plan_total", "inv.projects_slow", "inv.land_rate",
                "inv.bottlenecks_open", "inv.ntp_disbursement" },

  trigger = function(now)
    local rate = now["inv.disbursement_rate"]
    if rate:behind_pace() > gb.points(10) then
      return "Giải ngân vốn đầu tư công chậm hơn đường tiến độ trên mười điểm phần trăm"
    end
    if now["inv.bottlenecks_open"]:state() >= gb.danger then
      return "Số vướng mắc của dự án đang chờ xử lý ở mức nguy hiểm"
    end
  end,

  actions = {
    watch     = { who = gb.lead, does = "đôn đốc các chủ đầu tư chậm, công khai tỷ lệ giải ngân từng đơn vị", within = gb.days(7) },
    warning   = { { who = gb.lead, does = "rà soát từng dự án chậm, phân loại vướng mắc, báo cáo phương án điều hòa vốn", within = gb.days(3),
                    about = { "inv.disbursement_rate", "inv.projects_slow", "inv.bottlenecks_open", "inv.ntp_disbursement" } },
                  { who = gb.commune_committees, does = "cam kết mốc bàn giao mặt bằng của từng dự án", within = gb.days(5), about = { "inv.land_rate" }, with = gb.lead } },
    danger    = { { who = gb.chair, does = "chủ trì họp tháo gỡ với các chủ đầu tư chậm nhất, quyết định điều chuyển vốn", within = gb.days(7),
                    about = { "inv.disbursement_rate", "inv.projects_slow", "inv.bottlenecks_open", "inv.ntp_disbursement" } },
                  { who = gb.lead, does = "trình danh mục dự án đề nghị cắt giảm và bổ sung vốn", within = gb.days(5),
                    about = { "inv.disbursement_rate", "inv.ntp_disbursement" } } },
    emergency = { who = gb.chair, does = "kiểm điểm trách nhiệm người đứng đầu chủ đầu tư, quyết định điều chuyển vốn ngay trong tuần", within = gb.days(3),
                  about = { "inv.disbursement_rate", "inv.ntp_disbursement" } },
  },

  decide = {
    "Danh mục dự án điều chuyển vốn sang dự án có khả năng giải ngân ngay trong năm.",
    "Mốc hoàn thành giải phóng mặt bằng và người chịu trách nhiệm từng dự án chậm.",
    "Xử lý chủ đầu tư có tỷ lệ giải ngân thấp nhất hai kỳ liên tiếp.",
  },

  body = function(doc, s)
    local rate, land, slow = s["inv.disbursement_rate"], s["inv.land_rate"], s["inv.projects_slow"]

    doc:section("Tiền có ra đúng tiến độ không", function()
      doc:finding { rate, rate:against_pace(), rate:same_period() }
      doc:figures { s:list { "inv.plan_total", "inv.disbursed_cum", "inv.disbursement_rate", "inv.ntp_disbursement" } }
      doc:line { rate, pace = true, last_year = true, target = true }
      doc:missed { s:watch(), title = "Chỉ tiêu chậm so với kế hoạch" }
    end)

    doc:section("Chậm ở đâu", function()
      doc:table { s:communes():worst(12, rate), title = "Chủ đầu tư cấp xã giải ngân thấp nhất",
                  columns = { rate, s["inv.disbursed_cum"], s["inv.plan_total"], slow, land, "rank" } }
      doc:contributions { rate, worst = 8, title = "Xã, phường nào góp nhiều nhất vào thay đổi của tỷ lệ giải ngân" }
      doc:map { rate, by = "commune" }
      doc:events { rate, by = "commune", step = gb.danger, lasting = 2, open = true, days = 366, limit = 15,
                   title = "Xã, phường ở mức nguy hiểm hai kỳ liên tiếp trở lên" }
    end)

    doc:section("Vướng ở khâu nào", function()
      doc:finding { land, land:change() }
      doc:bars { slow, by = "commune", worst = 10 }
      doc:table { s:list { "inv.projects_slow", "inv.land_rate", "inv.bottlenecks_open", "sup.community_boards" },
                  title = "Dự án chậm, mặt bằng, vướng mắc và giám sát của cộng đồng",
                  columns = { "value", "previous", "target", "state", "period" } }
    end)

    closing.meeting(doc, s)
  end,
}
