-- expect: report: cần số nguyên
for i = "1e300", "1e300" do gb.percent(i) end
