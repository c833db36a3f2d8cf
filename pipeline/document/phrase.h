/* document/phrase.h — true sentences from facts: they know up, down, unchanged, missing (DOMAIN.md b "Words of comparison").
 *
 * Example: "Giá trị giải ngân vốn đầu tư công lũy kế đến hết tháng 10/2026 đạt 12.346 tỷ đồng, tăng 12,2% so với cùng kỳ năm trước; bằng
 * 68,6% kế hoạch năm." tests/unit/test_document_phrase.c has every form. A share of the plan whose plan is 100% is not set against it again.
 * Every number inside is a gb_value with identity. Direction words never judge: good or bad comes from the state.
 */
#ifndef GB_DOCUMENT_PHRASE_H
#define GB_DOCUMENT_PHRASE_H
#include "document/document.h"
#include "evaluation/scenario.h"

enum { GB_SAY_PERIOD = 1, GB_SAY_PREVIOUS = 2, GB_SAY_YEAR = 4, GB_SAY_TARGET = 8, GB_SAY_YTD = 16, GB_SAY_STATE = 32, GB_SAY_RANK = 64, GB_SAY_REGION = 128, GB_SAY_PACE = 256, GB_SAY_LASTING = 512,
       GB_SAY_OUTLOOK = 1024 /* the year's end: expected, share of the plan, chance, what each period left must bring */ };
/* The form of a comparison follows from the indicator: points for %, its own unit for rates and for counts below 100, percent else; a
 * zero or negative base gives the difference. Overdue data name their period and compare with named periods, not "tháng trước". */
/** Append one sentence about an indicator in a region, with the parts asked for that are defined. Ends with a full stop. */
void gb_phrase_fact(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, int indicator_i, int region_i, unsigned say);
/** "tăng 3,2 điểm % so với cùng kỳ năm trước" / "giảm ..." / "không đổi so với ..." / "chưa có số liệu cùng kỳ để so sánh". */
void gb_phrase_change(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, int indicator_i, int region_i, enum gb_derivation how);
/** "Số vụ cháy" inside a sentence: "số vụ cháy"; names of capitals ("GRDP") stay. Arena-owned. */
const char *gb_phrase_lower_first(struct gb_arena *a, const char *s);
/** "Phường Hạc Thành" inside a sentence: "phường Hạc Thành"; a name without a word of kind stays. Arena-owned. */
const char *gb_phrase_place(struct gb_arena *a, const char *name);
/** "Trạng thái: cảnh báo, từ ngày 21/11/2026": without the full stop; or_before: "... hoặc trước đó". Arena-owned. */
const char *gb_phrase_phase_since(struct gb_arena *a, enum gb_phase phase, struct gb_date since, bool or_before);
/** "Trạng thái: đột xuất, từ ngày 21/11/2026; có con số từ mức nguy hiểm trở lên: lượng mưa 24 giờ lớn nhất 253,4 mm (23 giờ 22/11/2026), ngưỡng của
 * mức nguy hiểm là 200,0 mm, từ mức cảnh báo trở lên kể từ 13 giờ 21/11/2026.": which state, since when, by which rule (the `why` of state.json),
 * which figure and limit. In calm the state and its date alone. @param brief without the figure, for a reader who has it beside */
void gb_phrase_phase(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, const struct gb_scenario_state *x, bool brief);
/** Title of a line chart that states the finding; alt text that tells latest, first, highest, lowest, target. Arena-owned. */
const char *gb_phrase_chart_title(struct gb_doc *d, const struct gb_evaluation *ev, int indicator_i, int region_i);
const char *gb_phrase_chart_alt(struct gb_doc *d, const struct gb_chart *spec);
#endif
