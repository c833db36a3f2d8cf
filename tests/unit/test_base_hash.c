/* SHA-256 and Ed25519 against published vectors; the table against a plain array. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "base/hash.h"

static void sha256_vectors(void **state)
{
    (void)state;
    static const struct { const char *text, *hex; } row[] = { /* FIPS 180-4 examples */
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char hex[65];
        struct gb_sha256 h = gb_sha256_of(row[i].text, strlen(row[i].text)), back;
        gb_sha256_hex(&h, hex);
        assert_string_equal(hex, row[i].hex);
        assert_true(gb_sha256_parse(hex, &back));
        assert_memory_equal(back.b, h.b, 32);
    }
    struct gb_sha256 h = gb_sha256_of(NULL, 0);
    assert_int_equal(h.b[0], 0xE3);
}

static void sha256_in_pieces(void **state)
{
    (void)state;
    char *million = malloc(1000000);
    memset(million, 'a', 1000000);
    struct gb_sha256_state s;
    gb_sha256_init(&s);
    for (size_t at = 0, step = 1; at < 1000000; at += step, step = step % 997 + 1) {
        step = 1000000 - at < step ? 1000000 - at : step;
        gb_sha256_update(&s, million + at, step);
    }
    gb_sha256_update(&s, NULL, 0);
    struct gb_sha256 h = gb_sha256_final(&s);
    char hex[65];
    gb_sha256_hex(&h, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

static void sha256_text_forms(void **state)
{
    (void)state;
    struct gb_sha256 h;
    assert_false(gb_sha256_parse("", &h));
    assert_false(gb_sha256_parse("abc", &h));
    assert_false(gb_sha256_parse("E3B0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", &h));
    assert_false(gb_sha256_parse("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", &h));
    assert_false(gb_sha256_parse("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550", &h));
}

static void unhex(const char *hex, uint8_t *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char two[3] = { hex[2 * i], hex[2 * i + 1], 0 };
        out[i] = (uint8_t)strtoul(two, NULL, 16);
    }
}

static void ed25519_vectors(void **state)
{
    (void)state;
    static const struct { const char *seed, *pub, *msg; size_t n; const char *sig; } row[] = { /* RFC 8032, 7.1 tests 1 to 3 */
        { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", 0,
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
        { "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", 1,
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
        { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
          "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", 2,
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        uint8_t seed[32], want_pub[32], pub[32], sec[64], msg[2] = { 0 }, want[64], sig[64];
        unhex(row[i].seed, seed, 32);
        unhex(row[i].pub, want_pub, 32);
        unhex(row[i].msg, msg, row[i].n);
        unhex(row[i].sig, want, 64);
        gb_sign_keypair(seed, pub, sec);
        assert_memory_equal(pub, want_pub, 32);
        gb_sign_detached(sig, msg, row[i].n, sec);
        assert_memory_equal(sig, want, 64);
        assert_true(gb_sign_verify(sig, msg, row[i].n, pub));
        sig[5] ^= 1;
        assert_false(gb_sign_verify(sig, msg, row[i].n, pub));
        sig[5] ^= 1;
        pub[0] ^= 1;
        assert_false(gb_sign_verify(sig, msg, row[i].n, pub));
    }
}

static void random_bytes_differ(void **state)
{
    (void)state;
    uint8_t a[32] = { 0 }, b[32] = { 0 };
    gb_random_bytes(a, sizeof a);
    gb_random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

static void table(void **state)
{
    (void)state;
    enum { N = 5000 };
    static char key[N][24];
    struct gb_map m;
    gb_map_init(&m);
    assert_int_equal(gb_map_find_c(&m, "x"), -1);
    for (int i = 0; i < N; i++) {
        int len = i % 20; /* every length the hash treats in its own way */
        memset(key[i], 'k', (size_t)len);
        for (int d = i, at = 0; d > 0 && at < 24; d /= 10) {
            key[i][len + at++] = (char)('0' + d % 10);
            if (len + at >= 23) {
                break;
            }
        }
        bool is_new = true;
        for (int j = 0; j < i && is_new; j++) {
            is_new = strcmp(key[j], key[i]) != 0;
        }
        assert_int_equal(gb_map_put(&m, key[i], strlen(key[i]), i), is_new);
    }
    for (int i = 0; i < N; i++) {
        int first = 0;
        while (strcmp(key[first], key[i]) != 0) {
            first++;
        }
        assert_int_equal(gb_map_find_c(&m, key[i]), first);
    }
    assert_false(gb_map_put(&m, key[7], strlen(key[7]), 99));
    assert_int_equal(gb_map_find_c(&m, key[7]), 7); /* unchanged */
    assert_int_equal(gb_map_find(&m, "absent", 6), -1);
    assert_true(gb_map_put(&m, "a\0b", 3, 1));
    assert_true(gb_map_put(&m, "a\0c", 3, 2));
    assert_int_equal(gb_map_find(&m, "a\0c", 3), 2);
    gb_map_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_vectors),  cmocka_unit_test(sha256_in_pieces),    cmocka_unit_test(sha256_text_forms),
        cmocka_unit_test(ed25519_vectors), cmocka_unit_test(random_bytes_differ), cmocka_unit_test(table),
    };
    return cmocka_run_group_tests_name("base/hash", tests, NULL, NULL);
}
