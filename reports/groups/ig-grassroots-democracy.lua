-- Dân vận chính quyền, dân chủ ở cơ sở: dân có được biết, được bàn, được trả lời không. Viết cho cả chính quyền và Mặt trận.
local group = use "group"

return gb.group {
  code      = "ig-grassroots-democracy",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local shown, kept, petitions, peace = s["dem.disclosure_rate"], s["dem.dialogue_done_rate"], s["gr.petitions_resolved_rate"], s["gr.mediation_rate"]

    doc:section("Dân có được biết không", function()
      doc:finding { shown, shown:change() }
      doc:table { s:communes():worst(12, shown), title = "Các xã, phường công khai đúng hạn thấp nhất", columns = { shown, s["dem.dialogues"], kept } }
      doc:map { shown, by = "commune" }
    end)

    doc:section("Điều đã hứa khi đối thoại có làm không", function()
      doc:finding { kept, kept:change(), s["dem.dialogues"], s["dem.dialogues"]:change() }
      doc:line { kept, threshold = true }
      doc:bars { kept, by = "commune", worst = 10 }
    end)

    doc:section("Đơn thư của dân có được giải quyết không", function()
      doc:finding { petitions, petitions:change(), s["gr.petitions"], s["gr.petitions"]:change() }
      doc:bars { petitions, by = "commune", worst = 10 }
      doc:table { s:list { "gr.mass_complaints", "gr.hotspots_open", "gr.mediations", "gr.mediation_rate" }, title = "Khiếu kiện đông người, điểm nóng, hòa giải",
                  columns = { "value", "previous", "ytd", "state", "period" } }
      doc:finding { peace, peace:change() }
    end)

    doc:section("Dân có tin không, có tham gia không", function()
      doc:table { s:list { "op.trust_survey", "papi.score", "dem.civil_mobilisation", "sup.community_boards" }, title = "Niềm tin, PAPI, dân vận khéo, giám sát cộng đồng",
                  columns = { "value", "previous", "target", "state", "period", "owner" } }
    end)

    group.closing(doc, s)
  end,
}
