-- expect: report: không được sửa math (add)
math.add = math.sub
