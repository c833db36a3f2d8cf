/* store/pack.h — the columns of a segment as bytes, and back.
 *
 * Not here: SQL. The form is private to the store: everybody else sees struct gb_segment.
 * Invariants: (1) decode(encode(x)) = x for every field; (2) same segment, same bytes, on every platform; (3) decoding reads no
 * byte outside its input and allocates nothing larger than the stated number of rows, whatever the bytes are.
 */
#ifndef GB_STORE_PACK_H
#define GB_STORE_PACK_H
#include "store/store.h"

#define GB_PACK_MAX_ROWS ((size_t)4 << 20) /* four times what intake takes of one file (TRUST.md 17) */

/** 64-bit checksum against accidents (torn or flipped pages), chained by `seed`. No protection against intent. */
uint64_t gb_pack_sum(uint64_t seed, const void *p, size_t n);

/** Append the packed columns of a segment to a buffer.
 * @param region_id  n ids, one a row, into the store's dictionary of region codes
 * @param scratch    arena for working memory; the caller rewinds it
 * @return false if a row breaks the contract (status M without GB_VALUE_MISSING, or the other way round). */
bool gb_pack_encode(struct gb_arena *scratch, const struct gb_segment *seg, const uint32_t *region_id, struct gb_buf *out);

/** Unpack. In *seg the fields indicator, freq, scale and n are given (they have columns of their own); the arrays are filled in
 * and live in the arena.
 * @param code     region codes by id
 * @return GB_E_IO when the bytes are not what gb_pack_encode wrote for this indicator, freq, scale and n. */
GB_MUST_USE enum gb_code gb_pack_decode(struct gb_arena *a, const void *p, size_t n_bytes, const char *const *code, size_t n_codes,
                                        struct gb_segment *seg, struct gb_err *e);
#endif
