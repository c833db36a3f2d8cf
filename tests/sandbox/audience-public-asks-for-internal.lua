-- expect: ok
-- audience: public
return gb.report {
  code = "x", title = "x", audiences = { "public", "front", "leadership" }, watch = { "inv.bottlenecks_open", "inv.no_such_thing" },
  body = function(doc, s)
    -- inv.bottlenecks_open is internal and has data; inv.no_such_thing is in no catalogue. Nothing may tell them apart.
    for _, code in ipairs { "inv.bottlenecks_open", "inv.no_such_thing" } do
      local x = s[code]
      assert(not x:exists() and x:value():missing() and x:target():missing() and x:change():missing() and x:ytd():missing())
      assert(x:name() == "" and x:unit() == "" and x:lasting(gb.watch) == 0 and x:rising() == 0 and not x:overdue())
      assert(x:at("38"):value():missing() and #s:points(x) == 0 and s:event { x } == nil and #s:communes():worst(5, x) == 0)
      doc:section("trace", function()
        doc:finding { x, x:same_period() }
        doc:line { x } doc:bars { x } doc:bullet { x } doc:figures { x } doc:summary { x } doc:alerts { x } doc:events { x, title = "a" } doc:index { x } doc:history(x) doc:definition(x)
        doc:table { x, title = "a", columns = { "value", "state" } }
      end)
    end
    assert(#s:watch() == 0 and #s:list { "inv.bottlenecks_open", "inv.no_such_thing" } == 0)
    for _, list in ipairs { s:all(), s:alerts(gb.good), s:with_target(), s:group("ig-daily-monthly") } do
      for _, x in ipairs(list) do assert(x:code() ~= "inv.bottlenecks_open") end
    end
    for _, sector in ipairs(s:sectors()) do
      for _, x in ipairs(sector.items) do assert(x:code() ~= "inv.bottlenecks_open") end
    end
  end,
}
