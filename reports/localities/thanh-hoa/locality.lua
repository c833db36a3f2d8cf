-- Tỉnh Thanh Hóa: tên gọi, thể thức văn bản (Nghị định 30/2020/NĐ-CP) và các mốc đứt chuỗi số liệu.
-- Thanh Hóa: names, letterhead and breaks in series. Tables stand beside this file as CSV.
return {
  slug       = "thanh-hoa",
  code       = "38",
  name       = "Tỉnh Thanh Hóa",
  short_name = "Thanh Hóa",
  kind       = "province",

  -- Đầu văn bản. Văn phòng ban hành (BC-VP): dòng trên là "parent_agency issuing_agency", dòng dưới, in đậm, là "office".
  -- UBND tỉnh ban hành (BC-UBND): hai dòng "parent_agency" và "issuing_agency", in đậm, không có cơ quan chủ quản.
  parent_agency  = "ỦY BAN NHÂN DÂN",
  issuing_agency = "TỈNH THANH HÓA",
  office         = "VĂN PHÒNG",
  place          = "Thanh Hóa",
  symbol         = "BC-VP",

  chairman_title  = "Chủ tịch UBND tỉnh",
  committee       = "UBND tỉnh",
  party_committee = "Tỉnh ủy",

  -- Chữ trong ngoặc nhọn ở danh mục dùng chung được thay bằng chữ của địa phương; ví dụ ["tỉnh"] = "Thành phố".
  words = {
    ["Hệ thống tiếp nhận phản ánh, kiến nghị"] = "Hệ thống Phản hồi Thanh Hóa",
    ["Số hồ chứa đầy nước"] = "Số hồ chứa đầy nước trên 610 hồ", -- 610 hồ là số của Thanh Hóa
  },

  -- Kịch bản, nhóm chỉ số mà kế hoạch không nêu (không có trong leads.csv) thì tắt. Muốn dùng thì ghi mã vào đây.
  scenarios_on = {},
  groups_on    = {},
  -- Chỉ số của danh mục dùng chung mà địa phương không có. Chỉ số riêng của địa phương ở indicators.csv cùng thư mục.
  indicators_off = {},

  timezone    = "+07:00",
  root_region = "38",

  website     = "",
  licence     = "CC BY 4.0",
  licence_url = "https://creativecommons.org/licenses/by/4.0/",
  contact     = "Văn phòng UBND tỉnh Thanh Hóa",

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
    "- Chủ tịch, các PCT UBND tỉnh;",
    "- Chánh VP, các PCVP UBND tỉnh;",
    "- Các sở, ban, ngành cấp tỉnh;",
    "- Lưu: VT, TH.",
  },
}
