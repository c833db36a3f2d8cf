-- Tỉnh An Giang: tên gọi, thể thức văn bản (Nghị định 30/2020/NĐ-CP), kịch bản bật, chỉ số tắt, các mốc đứt chuỗi số liệu.
-- An Giang: names, letterhead, switches and breaks in series. Tables stand beside this file as CSV.
return {
  slug       = "an-giang",
  code       = "91",
  name       = "Tỉnh An Giang",
  short_name = "An Giang",
  kind       = "province",

  parent_agency  = "ỦY BAN NHÂN DÂN",
  issuing_agency = "TỈNH AN GIANG",
  office         = "VĂN PHÒNG",
  place          = "An Giang",
  symbol         = "BC-VP",

  chairman_title  = "Chủ tịch UBND tỉnh",
  committee       = "UBND tỉnh",
  party_committee = "Tỉnh ủy",

  -- Kế hoạch 594/KH-UBND ngày 19/5/2025 chỉ nêu bốn kịch bản và bảy nhóm chỉ số.
  -- Kịch bản, nhóm chỉ số mà kế hoạch không nêu (không có trong leads.csv) thì tắt. Muốn dùng thì ghi mã vào đây.
  scenarios_on = {},
  groups_on    = {},
  -- Chỉ số chỉ có ở địa phương khác. Chỉ số riêng của An Giang ở indicators.csv cùng thư mục.
  indicators_off = { "dis.level_giang", "dis.level_lynhan", "dis.level_kimtan", "dis.level_cuadat", "dis.outflow_cuadat",
                     "dis.reservoirs_full" },

  timezone    = "+07:00",
  root_region = "91",

  website     = "",
  licence     = "CC BY 4.0",
  licence_url = "https://creativecommons.org/licenses/by/4.0/",
  contact     = "Văn phòng UBND tỉnh An Giang",

  -- Số liệu trước và sau mốc không so sánh trực tiếp được. Có "indicators": chỉ các chỉ số đó; không có: mọi chỉ số theo xã, phường, đặc khu.
  series_breaks = {
    { date = "2025-07-01", text = "Hợp nhất An Giang và Kiên Giang, sắp xếp đơn vị hành chính cấp xã",
      area = "province" }, -- NQ 202/2025/QH15
    { date = "2025-09-01", text = "QCVN 40:2025/BTNMT thay QCVN 40:2011/BTNMT về nước thải công nghiệp",
      indicators = { "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "iz.exceed_events", "iz.compliance_rate" } },
    -- Ngày của mốc này theo hiểu biết chung, cần kiểm tra.
    { date = "2026-01-01", text = "Bộ tiêu chí nông thôn mới giai đoạn 2026 - 2030",
      indicators = { "prog.ntm_communes" } },
    { date = "2027-01-01", text = "Chuẩn nghèo mới (2,2 và 2,8 triệu đồng)",
      indicators = { "soc.poor_hh", "soc.poor_rate" } },
  },

  recipients = {
    "- Chủ tịch, các PCT UBND tỉnh;",
    "- Chánh VP, các PCVP UBND tỉnh;",
    "- Các sở, ban, ngành cấp tỉnh;",
    "- Lưu: VT, TH.",
  },
}
