-- expect: report: vượt quá số nguyên 64 bit
return math.abs(math.mininteger)
