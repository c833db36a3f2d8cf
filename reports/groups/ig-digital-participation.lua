-- Người dân tham gia chuyển đổi số: có tài khoản chưa, có dùng không, nơi nào dân còn ở ngoài.
local group = use "group"

return gb.group {
  code      = "ig-digital-participation",
  audiences = { "leadership", "front", "ioc" },
  rhythm    = "monthly",

  body = function(doc, s)
    local id, account, online, cashless = s["dx.vneid_rate"], s["dx.dvc_account_rate"], s["tthc.online_rate"], s["soc.cashless_rate"]

    doc:section("Dân đã có tài khoản số chưa", function()
      doc:finding { id, id:change(), account, account:change() }
      doc:line { id, target = true, threshold = true }
      doc:line { account, target = true, threshold = true }
    end)

    doc:section("Có rồi thì có dùng không", function()
      doc:table { s:list { "tthc.online_rate", "tthc.fullonline_rate", "soc.cashless_rate", "oc.ecommerce_rate" }, title = "Nộp hồ sơ, nhận trợ cấp, bán hàng trên môi trường số",
                  columns = { "value", "previous", "same_period", "target", "state", "spark" } }
    end)

    doc:section("Nơi nào dân còn ở ngoài", function()
      doc:heat { { account, id, online, cashless }, by = "commune", worst = 15, title = "Tài khoản, định danh, nộp hồ sơ, nhận trợ cấp: xã, phường thấp ở nhiều mặt nhất" }
      doc:map { account, by = "commune" }
    end)

    doc:section("Dân lên tiếng trên nền tảng số", function()
      doc:bars { s["fb.per_10k"], by = "commune", worst = 10 }
      doc:finding { s["po.citizen_tips"], s["po.citizen_tips"]:change() }
      doc:finding { s["dx.dti"], s["dx.dti"]:same_period() }
    end)

    group.closing(doc, s)
  end,
}
