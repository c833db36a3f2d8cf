/* document/describe.h — what an indicator is, in words: calendar, thresholds, bounds, level, roll-up, who owns it, how far it is
 * verified. One text for the indicator's page, the codebooks and the metadata, so that no two of them differ.
 */
#ifndef GB_DOCUMENT_DESCRIBE_H
#define GB_DOCUMENT_DESCRIBE_H
#include "document/document.h"

/** "càng cao càng tốt" ... */
const char *gb_direction_vi(enum gb_direction d);
const char *gb_direction_word(enum gb_direction d); /* of the catalogue: "up-good" */
/** "hằng ngày"; "hằng tháng, theo dương lịch"; "hằng tháng, kỳ hành chính (từ ngày 15 tháng trước đến ngày 14)". */
const char *gb_frequency_of_vi(const struct gb_indicator *ind);
/** "dương lịch" or "kỳ hành chính"; "" for hours, days and weeks, which have one calendar only. */
const char *gb_calendar_vi(const struct gb_indicator *ind);
/** "theo dõi: dưới 90%; cảnh báo: dưới 80%"; "" without thresholds. A step equal to the one before does not exist and is not said. */
const char *gb_steps_vi(struct gb_arena *a, const struct gb_indicator *ind);
/** "theo văn bản quy định", "ngưỡng đề xuất, chờ cơ quan chủ trì quyết định", "không đánh giá". */
const char *gb_steps_basis_vi(const struct gb_indicator *ind);
const char *gb_steps_basis_word(const struct gb_indicator *ind); /* "norm" "proposed" "" */
/** "từ 0 đến 100%"; "" without bounds. */
const char *gb_bounds_vi(struct gb_arena *a, const struct gb_indicator *ind);
const char *gb_level_kind_vi(enum gb_level_kind level);     /* "xã, phường" */
const char *gb_level_kind_word(enum gb_level_kind level);   /* of the catalogue: "commune" */
/** How the figure of the whole follows from the parts: "cộng các xã, phường", "tỷ lệ tính lại từ tổng: A chia cho B". */
const char *gb_aggregation_vi(struct gb_arena *a, const struct gb_catalogue *c, const struct gb_indicator *ind);
/** As the catalogue writes it: "sum", "ratio:a.b/c.d". */
const char *gb_aggregation_word(struct gb_arena *a, const struct gb_catalogue *c, const struct gb_indicator *ind);
const char *gb_flow_vi(enum gb_flow f);
const char *gb_flow_word(enum gb_flow f);
/** Names (or codes) of the owners, joined by "; ". */
const char *gb_owners_vi(struct gb_arena *a, const struct gb_catalogue *c, const struct gb_indicator *ind, bool codes);
/** What the evidence mark says, for readers: "đã thấy ở nguồn công khai" ...; "" without a mark. */
const char *gb_evidence_vi(const struct gb_indicator *ind);
/** What `season` does to the figures: for `invcum` how thresholds and pace follow it; "" for none. */
const char *gb_season_vi(const struct gb_indicator *ind);
/** "chỉ tiêu minh họa" / "chỉ tiêu đã giao". */
const char *gb_target_basis_vi(bool confirmed);

/** Append to the document's last source note (or a note of its own) which days its administrative months, quarters and years cover,
 * and that others go by the civil calendar; nothing when the document shows no administrative period. Called once, when the body is
 * complete. Source: Nghị định 09/2019/NĐ-CP. */
void gb_doc_say_calendars(struct gb_doc *d);
#endif
