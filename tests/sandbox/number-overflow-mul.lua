-- expect: report: vượt quá số nguyên 64 bit
return math.mul(4611686018427387904, 2)
