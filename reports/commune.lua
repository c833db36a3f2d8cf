-- Bảng tin của một xã, phường: một trang niêm yết tại trụ sở. Điều dân quan tâm, số của xã bên cạnh số của cả tỉnh, lời lẽ dễ hiểu.
local topics = {
  "tthc.ontime_rate", "tthc.overdue_open", "sat.satisfied_rate", "tthc.online_rate",
  "fb.received", "fb.ontime_rate", "fb.overdue_open", "dem.disclosure_rate",
  "inv.disbursement_rate", "inv.projects_slow",
  "soc.poor_rate", "soc.paid_ontime_rate", "soc.bhyt_rate", "ed.standard_rate",
  "env.waste_rate", "env.clean_water", "ep.dengue", "ep.food_poison",
  "ts.accidents", "ts.deaths", "fire.incidents", "land.encroach", "co.violations",
}

return gb.report {
  code      = "commune",
  type      = "BẢN TIN",
  title     = "Số liệu của địa phương",
  audiences = { "leadership", "public" },
  rhythm    = "monthly",
  each      = "region",
  signature = false,

  body = function(doc, s)
    if #s:all() == 0 then
      doc:text("Chưa có số liệu công bố cho {} đến ngày {}.", s:region(), s:date())
      return
    end

    -- Việc không xảy ra thì nói một câu, không xếp một hàng số 0.
    local rows, none = {}, {}
    for _, x in ipairs(s:list(topics)) do
      local counts = string.sub(x:name(), 1, 5) == "Số " -- năm byte
      if counts and x:value() == gb.number(0) then
        table.insert(none, string.sub(x:name(), 6))
      else
        table.insert(rows, x)
      end
    end

    doc:section("Những con số chính", function()
      doc:figures { s:list { "pop.total", "tthc.ontime_rate", "sat.satisfied_rate", "inv.disbursement_rate" } }
      doc:table { rows, title = "Số mới nhất, số của cả tỉnh và thứ hạng", columns = { "value", "province", "rank", "period" } }
      doc:note("Xếp thứ trong các xã, phường có số liệu cùng kỳ; thứ 1 là tốt nhất.")
      if #none > 0 then doc:note("Kỳ mới nhất không ghi nhận: {}.", table.concat(none, "; ")) end
    end)
    doc:source()
  end,
}
