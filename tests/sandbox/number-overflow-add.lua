-- expect: report: vượt quá số nguyên 64 bit
return math.add(math.maxinteger, 1)
