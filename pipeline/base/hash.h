/* base/hash.h — SHA-256, Ed25519 and keyed tables (owner of libcrypto and libsodium). */
#ifndef GB_BASE_HASH_H
#define GB_BASE_HASH_H
#include "base/str.h"

struct gb_sha256 { uint8_t b[32]; };
struct gb_sha256 gb_sha256_of(const void *p, size_t n);
struct gb_sha256_state { _Alignas(16) uint8_t opaque[128]; };
void gb_sha256_init(struct gb_sha256_state *s);
void gb_sha256_update(struct gb_sha256_state *s, const void *p, size_t n);
struct gb_sha256 gb_sha256_final(struct gb_sha256_state *s);
void gb_sha256_hex(const struct gb_sha256 *h, char out[65]);
bool gb_sha256_parse(const char *hex, struct gb_sha256 *out);

/** Ed25519 detached signature; keys are raw (seed 32 bytes in a file, mode 0600). */
#define GB_SIGN_BYTES 64
#define GB_KEY_BYTES 32
void gb_sign_keypair(const uint8_t seed[GB_KEY_BYTES], uint8_t pub[GB_KEY_BYTES], uint8_t sec[64]);
void gb_sign_detached(uint8_t sig[GB_SIGN_BYTES], const void *p, size_t n, const uint8_t sec[64]);
bool gb_sign_verify(const uint8_t sig[GB_SIGN_BYTES], const void *p, size_t n, const uint8_t pub[GB_KEY_BYTES]);
void gb_random_bytes(void *p, size_t n); /* key generation only: never on the way to an edition */

/* Text -> int32 table, open addressing, keys borrowed. Iterate your own array, never the table: order is not defined. */
struct gb_map { struct gb_map_slot *slot; size_t cap, n; };
void gb_map_init(struct gb_map *m);
void gb_map_release(struct gb_map *m);
/** @return false if the key was there (value unchanged). */
bool gb_map_put(struct gb_map *m, const char *key, size_t n, int32_t value);
/** @return value or -1. */
int32_t gb_map_find(const struct gb_map *m, const char *key, size_t n);
int32_t gb_map_find_c(const struct gb_map *m, const char *key);
#endif
