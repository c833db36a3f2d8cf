/* chart/scale.h — number scales with ticks people read easily, and period axes in Vietnamese short forms.
 *
 * Ticks are exact decimals (1, 2, 2.5 or 5 times a power of ten), so that they print through gb_value_text() like any figure.
 * Not here: drawing. Same input, same ticks: no libm beyond + - * / is used.
 */
#ifndef GB_CHART_SCALE_H
#define GB_CHART_SCALE_H
#include "document/value.h"

enum { GB_MAX_TICKS = 16 };
struct gb_scale {
    double lo, hi;                 /* domain, lo < hi */
    int n;                         /* ticks */
    int64_t tick[GB_MAX_TICKS];    /* exact, at `scale` */
    int scale;
};
/** Domain lo..hi (finite, lo <= hi) widened to ticks.
 * @param decimals  published decimals of the data: no tick is finer (counts get whole numbers)
 * @param want      wished number of ticks, 3..10: never more, and at least 2
 * Example: 3..97, 0 decimals, want 6 -> 0 20 40 60 80 100; 0..2, 0 decimals, want 6 -> 0 1 2 */
void gb_scale_nice(struct gb_scale *s, double lo, double hi, int decimals, int want);
/** The same with up to two ticks more where otherwise more than two fifths of the axis would be empty.
 * Example: 0..102, want 3 -> 0 50 100 150, not 0 100 200 */
void gb_scale_snug(struct gb_scale *s, double lo, double hi, int decimals, int want);
double gb_scale_frac(const struct gb_scale *s, double v); /* 0 at lo, 1 at hi */

struct gb_time_tick { int32_t period; char text[24]; char group[16]; bool last; }; /* group: second row ("2026"), "" when shown already */
/** Ticks of a period axis lo..hi whose texts do not touch.
 * @param freq      of the periods
 * @param px        width of the axis in points; a period stands at px * (p - lo) / (hi - lo)
 * @param measure   width of a text in points
 * @return number of ticks written, at most cap; the last period has one wherever there is room for two */
int gb_time_ticks(enum gb_freq freq, int32_t lo, int32_t hi, double px, double gap, double (*measure)(void *, const char *), void *ctx,
                  struct gb_time_tick *out, int cap);
/** Short form of one period for a narrow place: "T10/26", "QIII/26", "2026", "22/11", "tuần 47", "6h". */
size_t gb_period_short(enum gb_freq freq, int32_t p, char *out, size_t cap);
#endif
