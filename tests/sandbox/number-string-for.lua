-- expect: report: tostring: chỉ nhận số nguyên
for i = "1e300", "1e300" do tostring(i) end
