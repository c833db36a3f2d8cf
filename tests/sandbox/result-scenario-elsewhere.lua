-- expect: report: gb.scenario không đặt ở thư mục này
return gb.scenario { code = "public-investment", body = function() end }
