/* document/phrase.h — true sentences from facts: they know up, down, unchanged, missing (DOMAIN.md b "Words of comparison").
 *
 * Example: "Tỷ lệ giải ngân vốn đầu tư công tháng 10/2026 đạt 68,4%, tăng 3,2 điểm % so với cùng kỳ; bằng 68,4% kế hoạch năm."
 * Every number inside is a gb_value with identity. Direction words never judge: good or bad comes from the state.
 */
#ifndef GB_DOCUMENT_PHRASE_H
#define GB_DOCUMENT_PHRASE_H
#include "document/document.h"

enum { GB_SAY_PERIOD = 1, GB_SAY_PREVIOUS = 2, GB_SAY_YEAR = 4, GB_SAY_TARGET = 8, GB_SAY_YTD = 16, GB_SAY_STATE = 32, GB_SAY_RANK = 64, GB_SAY_REGION = 128, GB_SAY_PACE = 256 };
/** Append one sentence about an indicator in a region, with the parts asked for that are defined. Ends with a full stop. */
void gb_phrase_fact(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, int indicator_i, int region_i, unsigned say);
/** "tăng 3,2 điểm % so với cùng kỳ năm trước" / "giảm ..." / "không đổi so với ..." / "chưa có số liệu cùng kỳ để so sánh". */
void gb_phrase_change(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, int indicator_i, int region_i, enum gb_derivation how);
/** Title of a line chart that states the finding; alt text that tells latest, first, highest, lowest, target. Arena-owned. */
const char *gb_phrase_chart_title(struct gb_doc *d, const struct gb_evaluation *ev, int indicator_i, int region_i);
const char *gb_phrase_chart_alt(struct gb_doc *d, const struct gb_chart *spec);
#endif
