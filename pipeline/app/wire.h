/* app/wire.h — bytes between processes of one run on one machine: little-endian fixed-width fields, lengths before bytes.
 *
 * The reader is strict and sticky: whatever goes wrong (a length past the end, a number out of bounds) sets `bad`, and every later
 * read gives zero. A worker may have been taken over by what it read; nobody believes its answer before gb_wire_done() says so.
 */
#ifndef GB_APP_WIRE_H
#define GB_APP_WIRE_H
#include "base/str.h"

void gb_put_u8(struct gb_buf *b, uint8_t v);
void gb_put_u32(struct gb_buf *b, uint32_t v);
void gb_put_i64(struct gb_buf *b, int64_t v);
void gb_put_str(struct gb_buf *b, const char *s);               /* NULL is kept */
void gb_put_bytes(struct gb_buf *b, const void *p, size_t n);   /* u64 length, bytes */
void gb_put_raw(struct gb_buf *b, const void *p, size_t n);     /* no length: the reader knows it */

struct gb_wire { const uint8_t *p, *end; bool bad; };
uint8_t gb_take_u8(struct gb_wire *w);
uint32_t gb_take_u32(struct gb_wire *w);
int64_t gb_take_i64(struct gb_wire *w);
/** A count of elements of at least `min_bytes` each: bad when they cannot be there. */
size_t gb_take_count(struct gb_wire *w, size_t min_bytes);
const char *gb_take_str(struct gb_wire *w, struct gb_arena *a); /* NULL or a NUL-terminated copy without inner NUL */
struct gb_str gb_take_bytes(struct gb_wire *w);                 /* borrows */
const void *gb_take_raw(struct gb_wire *w, size_t n);           /* borrows; NULL when bad */
bool gb_wire_done(const struct gb_wire *w);                     /* nothing bad, nothing left */
#endif
