/* script/chart_int.h — what the bindings of charts and maps share (charts.c, maps.c). Not for other files. */
#ifndef GB_SCRIPT_CHART_INT_H
#define GB_SCRIPT_CHART_INT_H
#include "script/host.h"

/** Arguments {x, ...}: the indicator in first place. NULL if absent or without data, then the block leaves nothing behind. */
const struct gb_eval *gb_chart_subject(lua_State *L, const char *block, struct gb_handle *x);
struct gb_chart gb_chart_new(struct gb_host *h, struct gb_handle x, enum gb_chart_kind kind);
struct gb_chart_series *gb_series_new(struct gb_host *h, struct gb_chart *c, const char *name, enum gb_series_role role, size_t n);
/** Does the picture show what thresholds say: bands of a bullet, marks of bars, colours of places? */
bool gb_chart_judged(const struct gb_chart *c);
/** Alternative text, anchor, source: the chart becomes a node. */
void gb_chart_place(struct gb_host *h, struct gb_chart *c, struct gb_handle x);

/* One place with its value in a common period. */
struct gb_bar { int region_i; int32_t period; struct gb_value v; enum gb_state state; };
int gb_lowest_first(const void *a, const void *b);
int gb_highest_first(const void *a, const void *b);
/** Places with a value in one common period: that of the ranking for communes, the newest for points. out has room for every region. */
int gb_bars_collect(struct gb_host *h, struct gb_handle x, bool points, struct gb_bar *out);
/** Below a list of places of which some are withheld from this audience: how many, so that "highest" and "none" are not taken for all. */
void gb_note_withheld(struct gb_host *h, int indicator_i, bool points);
/** Why a place has no value here. */
struct gb_value gb_value_none(const struct gb_host *h, int indicator_i, int region_i);
/** by = "commune" (the default) or "point"; raises on another word. @return true for points */
bool gb_arg_by_point(lua_State *L, const char *block);
/** For leadership, below a picture of communes: which of them lie unusually high or low against their own past (gb_eval.unusual), in the
 * picture's period. Nothing when none does, nothing for other audiences: a mark is a question, not a charge. */
void gb_note_unusual(struct gb_host *h, const int *indicator_i, int n);
const char *gb_bars_title(struct gb_host *h, struct gb_handle x, const char *where, const struct gb_bar *first, bool lowest);
/** Of a count that is not zero in at most `most` places, v[] being sorted highest first: a sentence instead of a picture. @return true when said */
bool gb_few_in_words(struct gb_host *h, struct gb_handle x, const struct gb_bar *v, int n, int most);
/** Periods of a chart when the definition does not say. */
int gb_default_periods(enum gb_freq f);
/** Value at a period; forecasts count only when they are asked for. */
struct gb_value gb_value_at(const struct gb_host *h, const struct gb_series *s, int32_t period, bool forecast);
const char *gb_chart_title(struct gb_host *h, struct gb_handle x);
/** "ngưỡng cảnh báo": the name of the limit that GB_D_THRESHOLD gives. */
const char *gb_threshold_label(struct gb_host *h, const struct gb_eval *e);
#endif
