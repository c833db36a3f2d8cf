-- expect: report: lỗi không kèm lời giải thích
error()
