/* release/release_int.h — names shared by the files of this room. Not for other rooms. */
#ifndef GB_RELEASE_RELEASE_INT_H
#define GB_RELEASE_RELEASE_INT_H
#include "release/release.h"

#define GB_MANIFEST_SCHEMA "giaoban.manifest/1"
#define GB_MANIFEST_MAX_BYTES ((size_t)64 << 20)
#define GB_PUB_NAME "giaoban.pub"

/* out/<audience>, out/<audience>/rel, out/<audience>/current */
struct gb_release_paths { const char *root, *rel, *current; };
struct gb_release_paths gb_release_paths_of(struct gb_arena *a, const char *out_dir, enum gb_audience audience);
/** Parse "<date>-r<n>-<16 hex>". false: not an edition's name. */
bool gb_release_id_parse(const char *name, struct gb_date *date, int64_t *number, const char **hex16);
/** Read the 32 bytes of a seed file, mode 0600 or stricter. */
GB_MUST_USE enum gb_code gb_key_read(const char *path, uint8_t seed[GB_KEY_BYTES], struct gb_err *e);
/** What `current` names ("rel/<id>" -> "<id>"), NULL if it is no such link. */
const char *gb_release_current(struct gb_arena *a, const struct gb_release_paths *p);
#endif
