-- Hài lòng về thủ tục và dịch vụ công: dân chấm bao nhiêu, năm nhóm điểm nào kéo xuống, nơi nào dân ít hài lòng nhất.
local group = use "group"

return gb.group {
  code      = "ig-satisfaction",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local happy, total, answer = s["sat.satisfied_rate"], s["tthc.q766_total"], s["fb.satisfied_rate"]

    doc:section("Dân hài lòng đến đâu", function()
      doc:finding { happy, happy:change(), answer, answer:change() }
      doc:figures { s:list { "sat.satisfied_rate", "fb.satisfied_rate", "sat.surveys" } }
      doc:line { happy, target = true, threshold = true }
    end)

    doc:section("Nơi nào dân ít hài lòng nhất", function()
      doc:map { happy, by = "commune" }
      local low = s:communes():worst(12, happy)
      doc:table { low, title = "Các xã, phường có tỷ lệ hài lòng thấp nhất", columns = { happy, s["sat.surveys"], s["tthc.ontime_rate"], answer } }
      if #low > 0 then doc:note("Nơi có ít lượt đánh giá thì tỷ lệ dễ dao động, cần đọc cùng số lượt.") end
    end)

    doc:section("Nhóm điểm nào kéo xuống", function()
      doc:finding { total, total:change() }
      doc:table { s:list { "tthc.q766_publicity", "tthc.q766_progress", "tthc.q766_digitise", "tthc.q766_online", "tthc.q766_satisfaction", "tthc.q766_total" },
                  title = "Năm nhóm điểm của Quyết định 766 và tổng", columns = { "value", "previous", "target", "attainment", "state" } }
      doc:stacked { s:list { "tthc.q766_publicity", "tthc.q766_progress", "tthc.q766_digitise", "tthc.q766_online", "tthc.q766_satisfaction" }, by = "period",
                    title = "Năm nhóm điểm cộng thành chỉ số phục vụ" }
    end)

    doc:section("Các bộ chỉ số điều tra hằng năm", function()
      doc:table { s:list { "sipas.index", "papi.score" }, title = "SIPAS, PAPI", columns = { "value", "same_period", "target", "state", "period", "owner" } }
    end)

    group.closing(doc, s)
  end,
}
