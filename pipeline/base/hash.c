/* hash.c — SHA-256 by libcrypto, Ed25519 by libsodium, both behind our names (their only owner), and the text -> int32 table.
 *
 * libsodium's SHA-256 is portable C: on 80 MB of deliveries it cost more than parsing them. libcrypto uses the processor's own
 * instructions; its low-level functions need no initialisation, no configuration file and no allocation, so that they also run
 * in a process that may open nothing (they are called deprecated in favour of an interface that does all three).
 *
 * The table hashes with a multiply-and-fold over 8-byte words: two look-ups a delivered row make its speed count. It has no
 * secret and no protection against chosen keys: only catalogue codes, which are ours, are ever put in. */
#define OPENSSL_API_COMPAT 0x10100000L
#include "base/hash.h"
#include <openssl/sha.h>
#include <sodium.h>
#include <stdlib.h>

_Static_assert(sizeof(SHA256_CTX) <= sizeof(((struct gb_sha256_state *)0)->opaque), "SHA-256 state fits");
_Static_assert(crypto_sign_SEEDBYTES == GB_KEY_BYTES && crypto_sign_PUBLICKEYBYTES == GB_KEY_BYTES, "Ed25519 keys");
_Static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_BYTES == GB_SIGN_BYTES, "Ed25519 sizes");

static void ready(void)
{
    gb_assert(sodium_init() >= 0);
}

struct gb_sha256 gb_sha256_of(const void *p, size_t n)
{
    struct gb_sha256_state s;
    gb_sha256_init(&s);
    gb_sha256_update(&s, p, n);
    return gb_sha256_final(&s);
}

void gb_sha256_init(struct gb_sha256_state *s)
{
    gb_assert(SHA256_Init((SHA256_CTX *)(void *)s->opaque) == 1);
}

void gb_sha256_update(struct gb_sha256_state *s, const void *p, size_t n)
{
    if (n > 0) {
        gb_assert(SHA256_Update((SHA256_CTX *)(void *)s->opaque, p, n) == 1);
    }
}

struct gb_sha256 gb_sha256_final(struct gb_sha256_state *s)
{
    struct gb_sha256 h;
    gb_assert(SHA256_Final(h.b, (SHA256_CTX *)(void *)s->opaque) == 1);
    return h;
}

void gb_sha256_hex(const struct gb_sha256 *h, char out[65])
{
    sodium_bin2hex(out, 65, h->b, sizeof h->b);
}

bool gb_sha256_parse(const char *hex, struct gb_sha256 *out)
{
    struct gb_sha256 h;
    size_t n = strlen(hex);
    if (n != 64 || strspn(hex, "0123456789abcdef") != n) { /* lower case only: one hash, one text */
        return false;
    }
    size_t bin_n;
    if (sodium_hex2bin(h.b, sizeof h.b, hex, n, NULL, &bin_n, NULL) != 0 || bin_n != sizeof h.b) {
        return false;
    }
    *out = h;
    return true;
}

void gb_sign_keypair(const uint8_t seed[GB_KEY_BYTES], uint8_t pub[GB_KEY_BYTES], uint8_t sec[64])
{
    ready();
    gb_assert(crypto_sign_seed_keypair(pub, sec, seed) == 0);
}

void gb_sign_detached(uint8_t sig[GB_SIGN_BYTES], const void *p, size_t n, const uint8_t sec[64])
{
    ready();
    gb_assert(crypto_sign_detached(sig, NULL, p, n, sec) == 0);
}

bool gb_sign_verify(const uint8_t sig[GB_SIGN_BYTES], const void *p, size_t n, const uint8_t pub[GB_KEY_BYTES])
{
    ready();
    return crypto_sign_verify_detached(sig, p, n, pub) == 0;
}

void gb_random_bytes(void *p, size_t n)
{
    ready();
    randombytes_buf(p, n);
}

/* ---- table --------------------------------------------------------------------------------------------------------- */

struct gb_map_slot {
    const char *key;
    size_t n;
    uint64_t hash;
    int32_t value;
    bool full;
};

static inline uint64_t fold(uint64_t a, uint64_t b)
{
    unsigned __int128 m = (unsigned __int128)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

static inline uint64_t word(const char *p, size_t n)
{
    uint64_t w = 0;
    memcpy(&w, p, n);
    return w;
}

static inline uint64_t hash_key(const char *key, size_t n)
{
    uint64_t h = UINT64_C(0x9E3779B97F4A7C15) ^ n;
    while (n >= 8) {
        h = fold(h ^ word(key, 8), UINT64_C(0xA0761D6478BD642F));
        key += 8;
        n -= 8;
    }
    if (n >= 4) { /* fixed-size copies are loads; the two halves may overlap */
        h ^= word(key, 4) | word(key + n - 4, 4) << 32;
    } else if (n > 0) {
        h ^= (uint64_t)(unsigned char)key[0] | (uint64_t)(unsigned char)key[n / 2] << 8 |
             (uint64_t)(unsigned char)key[n - 1] << 16;
    }
    return fold(h, UINT64_C(0xE7037ED1A0B428DB));
}

void gb_map_init(struct gb_map *m)
{
    *m = (struct gb_map){ 0 };
}

void gb_map_release(struct gb_map *m)
{
    free(m->slot);
    *m = (struct gb_map){ 0 };
}

static struct gb_map_slot *seek(const struct gb_map *m, const char *key, size_t n, uint64_t hash)
{
    size_t mask = m->cap - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        struct gb_map_slot *s = &m->slot[i];
        if (!s->full || (s->hash == hash && s->n == n && (n == 0 || memcmp(s->key, key, n) == 0))) {
            return s;
        }
    }
}

static void enlarge(struct gb_map *m)
{
    struct gb_map bigger = { .cap = m->cap ? m->cap * 2 : 16, .n = m->n };
    bigger.slot = calloc(bigger.cap, sizeof *bigger.slot);
    if (!bigger.slot) {
        gb_oom();
    }
    for (size_t i = 0; i < m->cap; i++) {
        const struct gb_map_slot *s = &m->slot[i];
        if (s->full) {
            *seek(&bigger, s->key, s->n, s->hash) = *s;
        }
    }
    free(m->slot);
    *m = bigger;
}

bool gb_map_put(struct gb_map *m, const char *key, size_t n, int32_t value)
{
    if (m->n * 2 >= m->cap) {
        enlarge(m);
    }
    uint64_t hash = hash_key(key, n);
    struct gb_map_slot *s = seek(m, key, n, hash);
    if (s->full) {
        return false;
    }
    *s = (struct gb_map_slot){ key, n, hash, value, true };
    m->n++;
    return true;
}

int32_t gb_map_find(const struct gb_map *m, const char *key, size_t n)
{
    if (m->n == 0) {
        return -1;
    }
    const struct gb_map_slot *s = seek(m, key, n, hash_key(key, n));
    return s->full ? s->value : -1;
}

int32_t gb_map_find_c(const struct gb_map *m, const char *key)
{
    return gb_map_find(m, key, strlen(key));
}
