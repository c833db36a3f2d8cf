-- Bảng tin của một xã, phường: một trang niêm yết tại trụ sở. Số của xã bên cạnh số của cả tỉnh và chỉ tiêu, thứ hạng, xu hướng, lời lẽ dễ hiểu.
-- Thứ tự ở đây là thứ tự quan trọng: giấy hết chỗ thì các dòng cuối nhường trước, bản trên web vẫn đủ.
local topics = {
  "tthc.ontime_rate", "sat.satisfied_rate", "fb.ontime_rate", "inv.disbursement_rate",
  "soc.poor_rate", "soc.paid_ontime_rate", "soc.bhyt_rate", "env.clean_water", "env.waste_rate",
  "fb.overdue_open", "tthc.overdue_open", "tthc.online_rate", "dem.disclosure_rate", "ed.standard_rate",
  "inv.projects_slow", "fb.received",
  "ts.accidents", "ts.deaths", "ep.dengue", "ep.food_poison", "fire.incidents", "land.encroach", "co.violations",
}

return gb.report {
  code      = "commune",
  type      = "BẢN TIN",
  title     = "Số liệu của địa phương",
  audiences = { "leadership", "public" },
  rhythm    = "daily",
  each      = "region",
  fit       = "page",
  signature = false,

  body = function(doc, s)
    if #s:all() == 0 then
      doc:text("Chưa có số liệu công bố cho {} đến ngày {}.", s:region(), s:date())
    else
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
        doc:table { rows, title = "Số mới nhất, số của cả " .. s:word("tỉnh") .. ", chỉ tiêu và thứ hạng", drop = 2,
                    columns = { "value", "province", "goal", "rank", "spark", "trend", "state", "period" } }
        doc:note("Thứ hạng trong các xã, phường có số liệu cùng kỳ, thứ 1 là tốt nhất. Chỉ tiêu là của xã, phường nếu có giao, không thì của cả " .. s:word("tỉnh") .. ".")
        local odd = {}
        for _, x in ipairs(rows) do
          if x:unusual() then table.insert(odd, x:name() .. " " .. x:unusual()) end
        end
        if #odd > 0 and s:is("leadership") then doc:note("Khác thường so với chính địa bàn (so các kỳ trước của nơi đó, cần kiểm tra): {}.", table.concat(odd, "; ")) end
        if #none > 0 then doc:note("Kỳ mới nhất không ghi nhận: {}.", table.concat(none, "; ")) end
      end)
    end

    local t = s:tasks { communes = true }
    if t.total > 0 then
      doc:section("Nhiệm vụ có xã, phường thực hiện", function()
        doc:tasks { communes = true, brief = true, drop = 1, title = "Nhiệm vụ của kế hoạch mà UBND các xã, phường chủ trì hoặc phối hợp" }
      end)
    end
    doc:source()
  end,
}
