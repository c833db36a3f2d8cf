/* release/release.h — staging, manifest, verification, one rename (TRUST.md 43-47; STYLE "Publish protocol").
 *
 * out/<audience>/rel/<id>.tmp -> files with O_EXCL, write checked, fsync -> manifest.json, SHA256SUMS, manifest.sig last -> re-read and verify
 * -> fsync directories -> rename to rel/<id> (no replace) -> switch `current`. A reader holds the old or the new edition. Any fsync error:
 * the directory is abandoned. Nothing in an edition tells of another audience's.
 *
 * Fault points (base/fault.h) beside those of base/file.h: release.manifest release.sums release.sign release.verify release.sync
 * release.rename release.switch, each standing before the step of its name: `GB_FAULT=release.rename:1!` kills the process there.
 */
#ifndef GB_RELEASE_RELEASE_H
#define GB_RELEASE_RELEASE_H
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "catalogue/catalogue.h"

struct gb_lock { int fd; };
/** Take out_dir/.lock for this process (flock, close-on-exec; the directory is made). GB_E_BUSY: another run holds it. */
GB_MUST_USE enum gb_code gb_lock_take(struct gb_lock *l, const char *out_dir, struct gb_err *e);
/** The same on a file of its own, made if need be (mode 0600, no link followed); its folder must be there. Waits up to wait_ms, then GB_E_BUSY. */
GB_MUST_USE enum gb_code gb_lock_file(struct gb_lock *l, const char *path, unsigned wait_ms, struct gb_err *e);
/** Let go before the process ends, whoever has inherited the descriptor since. */
void gb_lock_release(struct gb_lock *l);
void gb_lock_drop(struct gb_lock *l); /* also right in a forked child: it only closes the descriptor, the lock stays with the parent */

struct gb_release {
    struct gb_arena *arena; const char *out_dir; enum gb_audience audience; const char *id, *dir_tmp, *dir_final;
    struct gb_release_file { const char *path; size_t bytes; struct gb_sha256 sha256; const char *report; } *file; size_t n_files, cap_files;
    struct gb_release_finding { const char *kind, *subject, *text; } *finding; size_t n_findings, cap_findings;
};
/* What an edition is a function of. `vintage_digest` is over what THIS audience may see (TRUST.md 42, F06): a digest of the whole
 * vintage would change in the public manifest whenever an internal figure does. `inputs` is over whatever else went in (receipts). */
struct gb_release_facts { struct gb_date date; int64_t vintage; struct gb_sha256 vintage_digest, definitions, inputs; const char *build, *locality; bool sample;
                          struct gb_date valid_until; const char *sandbox; /* "landlock seccomp" */ };
/** Start: makes rel/<id>.tmp (an abandoned one of the same name is removed). id = "<date>-r<n>-<16 hex>": see gb_release_id.
 * GB_E_IO when out/<audience>/rel is not a real directory (a symbolic link is refused, G11). */
GB_MUST_USE enum gb_code gb_release_begin(struct gb_release *r, struct gb_arena *a, const char *out_dir, enum gb_audience audience, const char *id, struct gb_err *e);
/** Date, next release number of that date for this audience, first 16 hex of a hash over (facts, vintage digest, definitions). The same input gives
 * the same id: re-running a night on the same input finds the edition already published and leaves it (*exists). One that is there but
 * does not verify is left for the operator to look at, and the id gets the next number. */
GB_MUST_USE enum gb_code gb_release_id(struct gb_arena *a, const char *out_dir, enum gb_audience audience, const struct gb_release_facts *f,
                                       const char **id, bool *exists, struct gb_err *e);
/** Put aside what a stopped run left in rel/<id>.tmp, before gb_release_begin: *dir is the folder (rel/<id>.old), NULL if there is none. The
 * caller adds again what it can prove whole, and removes the folder. */
GB_MUST_USE enum gb_code gb_release_leftover(struct gb_arena *a, const char *out_dir, enum gb_audience audience, const char *id, const char **dir, struct gb_err *e);
/** Write one file (relative path, [A-Za-z0-9._/-] only, no part that starts with a dot, no two paths equal but for case, folders made).
 * report = which job made it. */
GB_MUST_USE enum gb_code gb_release_add(struct gb_release *r, const char *path, const void *p, size_t n, const char *report, struct gb_err *e);
void gb_release_find(struct gb_release *r, const char *kind, const char *subject, const char *text); /* a finding for the manifest */
/** The order of findings in the manifest: kind, subject, text; by bytes. */
void gb_release_sort_findings(struct gb_release_finding *v, size_t n);
/** Manifest, sums, signature; re-read and verify; rename; `current`. On error nothing visible changed. @param key_path seed file or NULL (unsigned). */
GB_MUST_USE enum gb_code gb_release_commit(struct gb_release *r, const struct gb_release_facts *f, const char *key_path, struct gb_err *e);
void gb_release_abandon(struct gb_release *r);
/** The two halves of commit, for a night that shows no edition before all are whole: seal ends with the edition standing in rel/, where no
 * reader looks yet; gb_release_point makes it `current`. */
GB_MUST_USE enum gb_code gb_release_seal(struct gb_release *r, const struct gb_release_facts *f, const char *key_path, struct gb_err *e);
/** Point `current` at a published edition (one that stands whole in rel/ while `current` shows another: a run was stopped between the
 * two steps). No-op when it does already. */
GB_MUST_USE enum gb_code gb_release_point(const char *out_dir, enum gb_audience audience, const char *id, struct gb_err *e);
/** Number of findings written in the manifest of a published edition. */
GB_MUST_USE enum gb_code gb_release_findings(const char *out_dir, enum gb_audience audience, const char *id, int64_t *n, struct gb_err *e);
/** Keep the newest `keep` editions and everything `current` or the previous points at. Abandoned `.tmp` folders of other runs go too. */
GB_MUST_USE enum gb_code gb_release_retain(const char *out_dir, enum gb_audience audience, int keep, struct gb_err *e);

/** Make a signing key: 32 random bytes in a new file of mode 0600, and its public half as hexadecimal text in `path`.pub. */
GB_MUST_USE enum gb_code gb_key_create(const char *path, struct gb_err *e);

struct gb_verify_options {
    const char *pub_key_path; /* hexadecimal text; NULL: out/<audience>/giaoban.pub beside the editions, when there */
    struct gb_date on;        /* the edition must be valid on this day; {0}: not asked */
};
/** Independent check of an edition directory against its manifest (no code shared with commit but SHA-256): every file listed, right size and hash, no
 * extra file, sums file equal, signature good when a public key is given or lies beside, audience and date plausible.
 * Faults as Vietnamese lines in `report`. GB_E_INPUT if any. */
GB_MUST_USE enum gb_code gb_verify_edition(const char *dir, const char *pub_key_path, struct gb_buf *report, struct gb_err *e);
GB_MUST_USE enum gb_code gb_verify_edition_with(const char *dir, const struct gb_verify_options *opt, struct gb_buf *report, struct gb_err *e);
#endif
