-- Vấn đề xã hội phát sinh tại cơ sở. Câu hỏi của lãnh đạo: nơi nào đang âm ỉ, dấu hiệu nào cùng tăng, chuyện nào còn gỡ được từ thôn, xã.
-- Ghép phản ánh của người dân với báo cáo của Mặt trận, đoàn thể; chỉ đếm vụ việc theo xã, phường, không nêu người.
local answer, closing = use "answer", use "closing"

-- Một dấu hiệu của xã, phường: số vụ, số đơn trong kỳ từ mức này trở lên. Các mức là đề xuất, chờ cơ quan chủ trì quyết định.
local SIGNS = {
  { code = "gr.hotspots_open",      least = 1, says = "{} phức tạp đang mở" },
  { code = "gr.mass_complaints",    least = 1, says = "{} khiếu kiện đông người" },
  { code = "land.complaints",       least = 3, says = "{} đất đai" },
  { code = "soc.policy_complaints", least = 1, says = "{} chính sách an sinh" },
  { code = "gr.petitions",          least = 3, says = "{} khiếu nại, tố cáo, kiến nghị" },
  { code = "gr.union_reports",      least = 4, says = "{} đoàn thể báo cáo" },
}

-- Xã, phường có từ hai dấu hiệu trở lên, nhiều dấu hiệu nhất trước: một nơi một dòng, chỉ nêu dấu hiệu của nơi ấy.
-- Bản cho Mặt trận giữ kín số đếm nhỏ của xã, phường, nên không kết luận được ở đó.
local function several_signs(doc, s)
  local known = 0
  for _, sign in ipairs(SIGNS) do
    if s[sign.code]:exists() then known = known + 1 end
  end
  if known < 2 or s:is("front") then return end
  local places, communes = {}, s:communes()
  for i = 1, #communes do
    local place, parts, values = communes[i], {}, { communes[i] }
    for _, sign in ipairs(SIGNS) do
      local x = s[sign.code]:at(place)
      if x:value() >= gb.number(sign.least) then
        table.insert(parts, sign.says)
        table.insert(values, x)
      end
    end
    if #parts >= 2 then table.insert(places, { n = #parts, at = i, line = { "{}: " .. table.concat(parts, "; "), table.unpack(values) } }) end
  end
  table.sort(places, function(a, b)
    if a.n ~= b.n then return a.n > b.n end
    return a.at < b.at
  end)

  if #places == 0 then doc:text("Không xã, phường nào có từ hai dấu hiệu trở lên.") return end
  doc:text("Có {} xã, phường có từ hai dấu hiệu trở lên; nhiều dấu hiệu nhất:", #places)
  local lines = {}
  for i = 1, math.min(#places, 5) do table.insert(lines, places[i].line) end
  doc:list(lines)
  doc:note("Dấu hiệu: có vụ việc phức tạp hoặc khiếu kiện đông người; từ 3 đơn về đất đai; có đơn về chính sách an sinh; từ 3 đơn khiếu nại, tố cáo, kiến nghị; " ..
           "từ 4 vấn đề do đoàn thể báo cáo. Các mức là đề xuất, chờ cơ quan chủ trì quyết định.")
end

return gb.scenario {
  code      = "grassroots-social-warning",
  audiences = { "leadership", "front" },
  rhythm    = "weekly",
  watch     = { "gr.hotspots_open", "gr.mass_complaints", "fb.hot_communes", "gr.petitions", "gr.petitions_resolved_rate", "land.complaints",
                "soc.policy_complaints", "gr.union_reports", "op.front_opinions", "gr.mediations", "gr.mediation_rate", "sup.sessions", "sup.answer_rate",
                "sup.criticism_accept_rate" },

  trigger = function(now)
    if now["gr.mass_complaints"]:state() >= gb.danger then return "Khiếu kiện đông người tăng đến mức nguy hiểm" end
    if now["gr.hotspots_open"]:state() >= gb.danger then return "Nhiều điểm nóng, vụ việc phức tạp đang mở cùng lúc" end
    if now["fb.hot_communes"]:state() >= gb.danger then return "Phản ánh tăng đột biến ở nhiều xã, phường cùng lúc" end
    if now["gr.hotspots_open"]:rising() >= 3 and now["gr.mass_complaints"]:state() >= gb.watch then
      return "Điểm nóng tăng ba tuần liên tiếp, kèm khiếu kiện đông người"
    end
  end,

  actions = {
    watch     = { { who = gb.commune_committees, does = "gặp người có đơn, hòa giải trong thôn, tổ dân phố trước khi vụ việc lan rộng", within = gb.days(3), with = gb.agency("mttq") },
                  { who = gb.owner("gr.petitions"), does = "rà đơn trùng nội dung từ nhiều người, báo sớm cho xã, phường liên quan", within = gb.days(2) } },
    warning   = { { who = gb.commune_committees, does = "chủ tịch xã, phường đối thoại trực tiếp, ghi biên bản cam kết và thời hạn", within = gb.days(2),
                    about = { "gr.hotspots_open", "gr.mass_complaints", "fb.hot_communes", "land.complaints", "soc.policy_complaints" }, with = gb.owner("gr.hotspots_open") },
                  { who = gb.agency("mttq"), does = "cử cán bộ đoàn thể nắm nguyện vọng, kiến nghị chính quyền phần còn vướng", within = gb.days(3),
                    about = { "gr.hotspots_open", "gr.mass_complaints", "fb.hot_communes", "land.complaints", "soc.policy_complaints" } } },
    danger    = { { who = gb.owner("gr.hotspots_open"), does = "lập tổ công tác liên ngành cho từng điểm nóng, kết luận phần thuộc thẩm quyền", within = gb.days(3),
                    about = { "gr.hotspots_open", "gr.mass_complaints" }, with = gb.agency("cong-an") },
                  { who = gb.chair, does = "tiếp công dân tại nơi có khiếu kiện đông người, giao thời hạn trả lời cuối", within = gb.days(3),
                    about = { "gr.mass_complaints", "gr.hotspots_open", "land.complaints" } } },
    emergency = { { who = gb.chair, does = "chủ trì đối thoại tại địa bàn, quyết định giải pháp ổn định, báo cáo cấp ủy", within = gb.days(1),
                    about = { "gr.hotspots_open", "gr.mass_complaints" }, with = gb.agency("mttq") },
                  { who = gb.agency("cong-an"), does = "giữ trật tự tại nơi tập trung đông người, không để phát sinh xung đột", within = gb.hours(3),
                    about = { "gr.hotspots_open", "gr.mass_complaints" } } },
  },

  decide = {
    "Điểm nóng phải giải quyết dứt điểm: người chịu trách nhiệm và ngày trả lời dân.",
    "Nguyên nhân chung của nhiều xã, phường: giao một cơ quan sửa chính sách, thủ tục.",
    "Cơ quan chủ trì kịch bản này, nếu kế hoạch chưa giao.",
  },

  body = function(doc, s)
    local hot, mass, surge, petitions = s["gr.hotspots_open"], s["gr.mass_complaints"], s["fb.hot_communes"], s["gr.petitions"]

    doc:section("Nơi nào đang âm ỉ", function()
      if hot:value():missing() then
        answer.say(doc, s, { { surge, "Phản ánh tăng đột biến ở {}", surge } })
      else
        answer.say(doc, s, { { hot, "Đang theo dõi {} phức tạp", hot }, { mass, "{} có {} khiếu kiện đông người", mass:period(), mass },
                             { surge, "phản ánh tăng đột biến ở {}", surge } })
      end
      several_signs(doc, s)
      doc:multiples { { hot, mass, petitions, surge }, periods = 26, title = "Các dấu hiệu theo tuần" }
    end)

    doc:section("Đơn thư đến từ đâu", function()
      doc:finding { petitions, petitions:change(), s["land.complaints"], s["land.complaints"]:change(),
                    s["soc.policy_complaints"], s["soc.policy_complaints"]:change(), plain = true }
      doc:map { s["land.complaints"], by = "commune", worst = 6 }
    end)

    doc:section("Chuyện nào gỡ được tại cơ sở", function()
      doc:finding { s["gr.petitions_resolved_rate"], s["gr.petitions_resolved_rate"]:change(), s["gr.petitions_resolved_rate"]:target(),
                    s["gr.mediation_rate"], plain = true }
      doc:bars { s["gr.mediation_rate"], by = "commune", worst = 6, target = true }
    end)

    doc:section("Kiến nghị của Mặt trận, đoàn thể có được trả lời không", function()
      doc:table { s:list { "gr.union_reports", "op.front_opinions", "gr.mediations", "sup.sessions", "sup.answer_rate", "sup.criticism_accept_rate" },
                  title = "Báo cáo của đoàn thể, hòa giải, giám sát, phản biện", columns = { "value", "previous", "same_period", "target", "state", "period" } }
    end)

    closing.meeting(doc, s)
  end,
}
