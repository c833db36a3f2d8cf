-- expect: report: không được sửa gb (chair)
gb.chair = gb.lead
