/* app/ingest_wire.h — the result of reading one delivery, from the process that read it to the one that stores it. */
#ifndef GB_APP_INGEST_WIRE_H
#define GB_APP_INGEST_WIRE_H
#include "app/wire.h"
#include "intake/intake.h"

/** What the worker needs: name, bytes, side file (NULL = none), day, whether refused rows may be left out. */
void gb_intake_ask(struct gb_buf *out, const char *name, const void *p, size_t n, const void *meta, size_t m, struct gb_date today, bool partial);
struct gb_intake_question { const char *name; struct gb_str bytes, meta; bool has_meta; struct gb_intake_options opt; };
bool gb_intake_question_read(struct gb_arena *a, const void *p, size_t n, struct gb_intake_question *out);

void gb_intake_encode(const struct gb_intake *r, struct gb_buf *out);
/** Strict: every index, length, enumeration and count is checked against the catalogue and against the bytes that are there.
 * @param r  zeroed; its arena is initialised here and released by gb_intake_release()
 * @return false when the answer breaks a rule: then the delivery counts as refused by a fault of ours */
bool gb_intake_decode(struct gb_intake *r, const struct gb_catalogue *c, const void *p, size_t n);
#endif
