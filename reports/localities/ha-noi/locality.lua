-- Thành phố Hà Nội: tên gọi, thể thức văn bản (Nghị định 30/2020/NĐ-CP), kịch bản bật, chỉ số tắt, các mốc đứt chuỗi số liệu.
-- Hà Nội: names, letterhead, switches and breaks in series. Tables stand beside this file as CSV.
return {
  slug       = "ha-noi",
  code       = "01",
  name       = "Thành phố Hà Nội",
  short_name = "Hà Nội",
  kind       = "city",

  parent_agency  = "ỦY BAN NHÂN DÂN",
  issuing_agency = "THÀNH PHỐ HÀ NỘI",
  office         = "VĂN PHÒNG",
  place          = "Hà Nội",
  symbol         = "BC-VP",

  chairman_title  = "Chủ tịch UBND Thành phố",
  committee       = "UBND Thành phố",
  party_committee = "Thành ủy",

  -- Chữ trong ngoặc nhọn ở danh mục dùng chung được thay bằng chữ của địa phương.
  words = { ["tỉnh"] = "Thành phố" },

  -- Kịch bản, nhóm chỉ số mà kế hoạch không nêu (không có trong leads.csv) thì tắt. Muốn dùng thì ghi mã vào đây.
  scenarios_on = {},
  groups_on    = {},
  -- Chỉ số chỉ có ở địa phương khác. Chỉ số riêng của Hà Nội ở indicators.csv cùng thư mục.
  indicators_off = { "dis.level_giang", "dis.level_lynhan", "dis.level_kimtan", "dis.level_cuadat", "dis.outflow_cuadat",
                     "dis.reservoirs_full" },

  timezone    = "+07:00",
  root_region = "01",

  website     = "",
  licence     = "CC BY 4.0",
  licence_url = "https://creativecommons.org/licenses/by/4.0/",
  contact     = "Văn phòng UBND Thành phố Hà Nội",

  -- Số liệu trước và sau mốc không so sánh trực tiếp được. Có "indicators": chỉ các chỉ số đó; không có: mọi chỉ số theo xã, phường.
  series_breaks = {
    { date = "2025-07-01", text = "Sắp xếp đơn vị hành chính cấp xã" },
    { date = "2025-09-01", text = "QCVN 40:2025/BTNMT thay QCVN 40:2011/BTNMT về nước thải công nghiệp",
      indicators = { "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "iz.exceed_events", "iz.compliance_rate" } },
    -- Ngày của mốc này theo hiểu biết chung, cần kiểm tra.
    { date = "2026-01-01", text = "Bộ tiêu chí nông thôn mới giai đoạn 2026 - 2030",
      indicators = { "prog.ntm_communes" } },
    { date = "2027-01-01", text = "Chuẩn nghèo mới (2,2 và 2,8 triệu đồng)",
      indicators = { "soc.poor_hh", "soc.poor_rate" } },
  },

  recipients = {
    "- Chủ tịch, các PCT UBND Thành phố;",
    "- Chánh VP, các PCVP UBND Thành phố;",
    "- Các sở, ban, ngành Thành phố;",
    "- Lưu: VT, TH.",
  },
}
