-- Giám sát, phản biện xã hội: kiến nghị đã gửi có được trả lời không, ý kiến phản biện có được tiếp thu không, cơ quan nào còn nợ dân câu trả lời.
local group = use "group"

return gb.group {
  code      = "ig-supervision-criticism",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local answered, taken = s["sup.answer_rate"], s["sup.criticism_accept_rate"]

    doc:section("Kiến nghị sau giám sát có được trả lời không", function()
      doc:finding { answered, answered:change(), answered:level() }
      doc:figures { s:list { "sup.sessions", "sup.recommend", "sup.recommend_answered" } }
      doc:line { answered, threshold = true }
    end)

    doc:section("Nơi nào còn nợ câu trả lời", function()
      doc:table { s:communes():worst(12, answered), title = "Các xã, phường trả lời, tiếp thu kiến nghị thấp nhất",
                  columns = { answered, s["sup.recommend"], s["sup.recommend_answered"] } }
    end)

    doc:section("Ý kiến phản biện có được tiếp thu không", function()
      doc:finding { taken, taken:change(), s["sup.criticism_docs"], s["sup.criticism_docs"]:change() }
      doc:line { taken, threshold = true }
    end)

    doc:section("Nhân dân và đoàn thể nói gì", function()
      doc:finding { s["op.front_opinions"], s["op.front_opinions"]:change(), s["gr.union_reports"], s["gr.union_reports"]:change() }
      doc:bars { s["op.front_opinions"], by = "commune", worst = 10 }
    end)

    doc:section("Giám sát của cộng đồng, công khai và đối thoại", function()
      doc:table { s:list { "sup.community_boards", "dem.disclosure_rate", "dem.dialogue_done_rate" }, title = "Ban Giám sát đầu tư của cộng đồng, công khai, đối thoại",
                  columns = { "value", "previous", "target", "state", "period", "owner" } }
    end)

    group.closing(doc, s)
  end,
}
