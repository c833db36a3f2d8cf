-- Đồng Nai (tỉnh đến 29/4/2026, thành phố từ 30/4/2026): tên gọi, thể thức văn bản (Nghị định 30/2020/NĐ-CP), kịch bản bật, chỉ số tắt, các mốc đứt chuỗi số liệu.
-- Đồng Nai: names, letterhead, switches and breaks in series. Tables stand beside this file as CSV.
return {
  slug       = "dong-nai",
  code       = "75",
  name       = "Tỉnh Đồng Nai",
  short_name = "Đồng Nai",
  kind       = "province",

  parent_agency  = "ỦY BAN NHÂN DÂN",
  issuing_agency = "TỈNH ĐỒNG NAI",
  office         = "VĂN PHÒNG",
  place          = "Đồng Nai",
  symbol         = "BC-VP",

  chairman_title  = "Chủ tịch UBND tỉnh",
  committee       = "UBND tỉnh",
  party_committee = "Tỉnh ủy",

  -- Kịch bản, nhóm chỉ số mà kế hoạch không nêu (không có trong leads.csv) thì tắt. Muốn dùng thì ghi mã vào đây.
  scenarios_on = {},
  groups_on    = {},
  -- Chỉ số chỉ có ở địa phương khác. Chỉ số riêng của Đồng Nai ở indicators.csv cùng thư mục.
  indicators_off = { "dis.level_giang", "dis.level_lynhan", "dis.level_kimtan", "dis.level_cuadat", "dis.outflow_cuadat",
                     "dis.reservoirs_full" },

  timezone    = "+07:00",
  root_region = "75",

  website     = "",
  licence     = "CC BY 4.0",
  licence_url = "https://creativecommons.org/licenses/by/4.0/",
  contact     = "Văn phòng UBND tỉnh Đồng Nai",

  -- Số liệu trước và sau mốc không so sánh trực tiếp được. Có "indicators": chỉ các chỉ số đó; không có: mọi chỉ số theo xã, phường.
  series_breaks = {
    { date = "2025-07-01", text = "Hợp nhất Đồng Nai và Bình Phước, sắp xếp đơn vị hành chính cấp xã",
      area = "province" }, -- NQ 202/2025/QH15
    { date = "2025-09-01", text = "QCVN 40:2025/BTNMT thay QCVN 40:2011/BTNMT về nước thải công nghiệp",
      indicators = { "iz.cod", "iz.tss", "iz.ammonia", "iz.ph", "iz.exceed_events", "iz.compliance_rate" } },
    -- Ngày của mốc này theo hiểu biết chung, cần kiểm tra.
    { date = "2026-01-01", text = "Bộ tiêu chí nông thôn mới giai đoạn 2026 - 2030",
      indicators = { "prog.ntm_communes" } },
    -- 30/4/2026 (thành lập Thành phố Đồng Nai, mười xã thành phường) không phải mốc: đổi tên, không đổi địa bàn, không đổi mã.
    { date = "2027-01-01", text = "Chuẩn nghèo mới (2,2 và 2,8 triệu đồng)",
      indicators = { "soc.poor_hh", "soc.poor_rate" } },
  },

  recipients = {
    "- Chủ tịch, các PCT UBND tỉnh;",
    "- Chánh VP, các PCVP UBND tỉnh;",
    "- Các sở, ban, ngành cấp tỉnh;",
    "- Lưu: VT, TH.",
  },

  -- Tên từ một ngày: báo cáo của ngày nào dùng tên của ngày ấy. Điều không ghi ở đây thì giữ như trên.
  versions = {
    { from = "2026-04-30", -- NQ 30/2026/QH16
      name = "Thành phố Đồng Nai", kind = "city",
      issuing_agency  = "THÀNH PHỐ ĐỒNG NAI",
      chairman_title  = "Chủ tịch UBND Thành phố",
      committee       = "UBND Thành phố",
      party_committee = "Thành ủy",
      contact         = "Văn phòng UBND Thành phố Đồng Nai",
      words = { ["tỉnh"] = "Thành phố" },
      recipients = {
        "- Chủ tịch, các PCT UBND Thành phố;",
        "- Chánh VP, các PCVP UBND Thành phố;",
        "- Các sở, ban, ngành Thành phố;",
        "- Lưu: VT, TH.",
      },
    },
  },
}
