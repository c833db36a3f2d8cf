-- Năng lực cạnh tranh, kinh tế số, đổi mới sáng tạo: đứng ở đâu, vốn mới vào bao nhiêu, có sức bật từ khoa học không.
local group = use "group"

return gb.group {
  code      = "ig-competitiveness",
  audiences = { "leadership", "statistics", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local fdi, projects, asked, full = s["zi.fdi_new"], s["zi.new_projects"], s["zi.requests_rate"], s["zi.occupancy"]

    doc:section("Địa phương đứng ở đâu", function()
      doc:table { s:list { "pci.score", "dx.dti", "cp.pii", "dx.digital_gdp", "cp.rd_share" }, title = "PCI, DTI, PII, kinh tế số, chi nghiên cứu",
                  columns = { "value", "same_period", "target", "state", "period", "owner" } }
    end)

    doc:section("Vốn mới vào bao nhiêu", function()
      doc:finding { fdi, fdi:ytd_change(), fdi:against_pace(), projects, projects:against_pace() }
      doc:figures { s:list { "zi.fdi_new", "zi.fdi_total", "zi.new_projects", "zi.projects" } }
      doc:line { fdi, last_year = true }
    end)

    doc:section("Khu công nghiệp còn chỗ và nhà đầu tư có được hỗ trợ không", function()
      doc:finding { full, full:change(), asked, asked:change() }
      doc:line { asked, threshold = true }
    end)

    doc:section("Khởi nghiệp, công nghệ cao", function()
      doc:finding { s["zi.startups"], s["zi.startups"]:change(), s["zi.hightech"], s["zi.hightech"]:change() }
      doc:bars { s["zi.startups"], by = "commune", best = 10 }
    end)

    group.closing(doc, s)
  end,
}
