/* app/leak.h — the third look at what leaves for readers outside (TRUST.md 38, 47): after extract and render, the finished bytes.
 *
 * Codes of indicators above an audience's class must not appear in any text of its edition. The figures themselves were never in the
 * process that made it; this finds what came through the catalogue or a definition. */
#ifndef GB_APP_LEAK_H
#define GB_APP_LEAK_H
#include "catalogue/catalogue.h"

struct gb_leak { struct gb_map forbidden; const struct gb_catalogue *catalogue; };
void gb_leak_init(struct gb_leak *l, const struct gb_catalogue *c, enum gb_audience audience);
void gb_leak_release(struct gb_leak *l);
/** @return the first forbidden code in the bytes, or NULL. */
const char *gb_leak_scan(const struct gb_leak *l, const void *p, size_t n);
#endif
