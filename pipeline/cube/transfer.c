/* One part of a cube over a pipe.
 *
 * Frame, in the byte order of this machine: head | deliveries | conflicts, acknowledgements, what intake counted (GB_PART_ALL alone) | series table | columns series
 * by series | tail. The head has the magic, the digest of the catalogue that both ends must share (indexes mean nothing otherwise), the digest of
 * the vintage, so that all parts are of one, and the part's own counts: what other parts hold is not told, neither how much nor of
 * when. The tail repeats the magic and closes a checksum over everything before it. The checksum is against damage and mistakes, not
 * against an attacker: both ends are ours, and every index is checked besides, so that a wrong byte can only give an error.
 * The series table is read before any column, and columns are claimed series by series with a bound: a made-up count cannot
 * claim more memory than one longest series before the stream runs dry.
 */
#include "cube/cube_int.h"
#include "base/fault.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define MAGIC UINT64_C(0x3845425543424721) /* changes whenever the frame does */
enum {
    SERIES_MAX_OBS = 1 << 22, /* 470 years of hours */
    OBS_BYTES = 4 + 8 + 4 + 1,
    BUFFER = 1 << 18,
    NOTES_MAX = 1 << 24,
    ACKS_MAX = 1 << 28,
    TEXT_MAX = 1 << 15, /* one note of an observation: a field of a delivery is not longer */
    TEXTS_MAX = 1 << 28
};

struct head {
    uint64_t magic, n_obs, n_series, n_first, n_deliveries, n_conflicts, n_acks, n_intake, n_hidden,
        n_text; /* n_text: bytes of the notes of observations, with their lengths */
    struct gb_sha256 catalogue;
    struct gb_sha256 vintage_digest;
    int32_t part, pad;
};
struct series_head {
    int32_t indicator_i, region_i;
    uint32_t n, flags, n_first;
};
enum { NOTE_SAMPLE = 1, NOTE_LINED = 2 };
struct note {
    int32_t id, agency_i, as_of_days, flags;
    int64_t delivered_utc, n_rows, n_rounded, n_marked;
};
struct clash {
    int32_t agency_i, indicator_i, as_of_days, pad;
    int64_t seq;
};
struct tail {
    uint64_t magic, checksum;
};

/* Sum of the stream's 8-byte words, each mixed with its position by the running value; short rests are padded with zero. */
static uint64_t mix(uint64_t sum, const void *p, size_t n)
{
    const char *at = p;
    for (; n >= 8; at += 8, n -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        sum ^= sum >> 29;
    }
    if (n > 0) {
        uint64_t word = 0;
        memcpy(&word, at, n);
        sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        sum ^= sum >> 29;
    }
    return sum;
}

/* ---- writing: sticky */
struct out {
    int fd;
    uint64_t sum;
    size_t n;
    char *buffer;
    size_t cap;
    enum gb_code code;
    struct gb_err *e;
};

static void out_flush(struct out *o)
{
    size_t done = 0;
    while (done < o->n && o->code == GB_OK) {
        ssize_t k = gb_fault("io.write") ? -1 : write(o->fd, o->buffer + done, o->n - done);
        if (k > 0)
            done += (size_t)k;
        else if (k == 0 || errno != EINTR)
            o->code = gb_fail_errno(o->e, GB_E_IO, k == 0 ? EIO : errno, "cube: writing a part to the loader");
    }
    o->n = 0;
}

static void put(struct out *o, const void *p, size_t n)
{
    const char *at = p;
    o->sum = mix(o->sum, p, n);
    while (n > 0 && o->code == GB_OK) {
        size_t room = BUFFER - o->n, k = n < room ? n : room;
        memcpy(o->buffer + o->n, at, k);
        o->n += k, at += k, n -= k;
        if (o->n == BUFFER)
            out_flush(o);
    }
}

static int32_t days_or_none(struct gb_date d)
{
    return d.year == 0 ? INT32_MIN : gb_date_to_days(d);
}
static struct gb_date date_or_none(int32_t days)
{
    return days == INT32_MIN ? (struct gb_date){ 0 } : gb_date_from_days(days);
}

/* Mark the deliveries that some observation of the series came with, or came with first: a part tells of no others. @return one flag per
 * delivery. */
static bool *deliveries_of(const struct gb_cube *cube, const struct gb_series *const *v, size_t n_series, uint64_t *n,
                           size_t *cap)
{
    bool *used = gb_grow(NULL, cap, cube->n_deliveries + 1, sizeof *used);
    memset(used, 0, cube->n_deliveries + 1);
    *n = 0;
    int32_t last = 0;
    for (size_t i = 0; i < n_series; i++) {
        const struct gb_series *s = v[i];
        for (uint32_t k = 0; k < s->n + s->n_first; k++) {
            int32_t id = k < s->n ? s->delivery[k] : s->first[k - s->n].delivery;
            if (id == last) /* neighbours mostly came together */
                continue;
            last = id;
            const struct gb_cube_delivery *d = gb_cube_delivery_find(cube, last);
            if (d && !used[d - cube->delivery]) {
                used[d - cube->delivery] = true;
                ++*n;
            }
        }
    }
    return used;
}

static void put_columns(struct out *o, const struct gb_series *s)
{
    put(o, s->period, s->n * sizeof *s->period);
    put(o, s->value, s->n * sizeof *s->value);
    put(o, s->delivery, s->n * sizeof *s->delivery);
    put(o, s->status, s->n);
    put(o, s->first, s->n_first * sizeof *s->first);
    for (uint32_t i = 0; s->flags & GB_SERIES_NOTED && i < s->n; i++) {
        uint32_t n = (uint32_t)strlen(s->note[i]);
        put(o, &n, sizeof n);
        put(o, s->note[i], n);
    }
}

static uint64_t text_bytes(const struct gb_series *s)
{
    uint64_t n = 0;
    for (uint32_t i = 0; s->flags & GB_SERIES_NOTED && i < s->n; i++)
        n += sizeof(uint32_t) + strlen(s->note[i]);
    return n;
}

/* Counts of rows are told with the last part, of the deliveries of all parts. */
static bool *deliveries_of_all(const struct gb_cube *cube, uint64_t *n, size_t *cap)
{
    size_t cap_all = 0;
    const struct gb_series **all = gb_grow(NULL, &cap_all, cube->n_series + 1, sizeof *all);
    for (size_t i = 0; i < cube->n_series; i++)
        all[i] = &cube->series[i];
    bool *used = deliveries_of(cube, all, cube->n_series, n, cap);
    free(all);
    return used;
}

static void put_series(struct out *o, const struct gb_series *const *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct gb_series *s = v[i];
        struct series_head sh = {
            .indicator_i = s->indicator_i, .region_i = s->region_i, .n = s->n, .flags = s->flags, .n_first = s->n_first
        };
        put(o, &sh, sizeof sh);
    }
    for (size_t i = 0; i < n; i++)
        put_columns(o, v[i]);
}

enum gb_code gb_cube_write_part(const struct gb_cube *cube, int part, int fd, struct gb_err *e)
{
    gb_assert(part >= 0 && part < cube->n_parts);
    size_t n = 0, cap_used = 0;
    const struct gb_series **v = gb_cube_handed_on(cube, part, &n);
    struct out o = { .fd = fd, .e = e };
    o.buffer = gb_grow(NULL, &o.cap, BUFFER, 1);
    struct head h = { .magic = MAGIC,
                      .n_series = n,
                      .catalogue = cube->catalogue->digest,
                      .part = part,
                      .n_conflicts = part == GB_PART_ALL ? cube->n_conflicts : 0,
                      .n_acks = part == GB_PART_ALL ? cube->n_acks : 0,
                      .n_intake = part == GB_PART_ALL ? cube->n_intake : 0,
                      .n_hidden = part == GB_PART_ALL ? cube->n_hidden : 0,
                      .vintage_digest = cube->vintage.digest };
    bool *used = part == GB_PART_ALL ? deliveries_of_all(cube, &h.n_deliveries, &cap_used)
                                     : deliveries_of(cube, v, n, &h.n_deliveries, &cap_used);
    for (size_t i = 0; i < n; i++)
        h.n_obs += v[i]->n, h.n_first += v[i]->n_first, h.n_text += text_bytes(v[i]);
    put(&o, &h, sizeof h);
    for (size_t i = 0; i < cube->n_deliveries; i++) {
        const struct gb_cube_delivery *d = &cube->delivery[i];
        struct note note = {
            .id = d->id,
            .agency_i = d->agency_i,
            .as_of_days = days_or_none(d->as_of),
            .flags = (d->sample ? NOTE_SAMPLE : 0) | (d->lined ? NOTE_LINED : 0),
            .delivered_utc = d->delivered_utc,
            .n_rows = part == GB_PART_ALL ? d->n_rows : 0,
            .n_rounded = part == GB_PART_ALL ? d->n_rounded : 0,
            .n_marked = part == GB_PART_ALL ? d->n_marked : 0,
        };
        if (used[i])
            put(&o, &note, sizeof note);
    }
    for (size_t i = 0; i < h.n_conflicts; i++) {
        const struct gb_cube_conflict *k = &cube->conflict[i];
        struct clash clash = {
            .agency_i = k->agency_i, .indicator_i = k->indicator_i, .as_of_days = days_or_none(k->as_of), .seq = k->seq
        };
        put(&o, &clash, sizeof clash);
    }
    for (size_t i = 0; i < h.n_acks; i++)
        put(&o, &cube->ack[i], sizeof cube->ack[i]);
    put(&o, cube->intake, h.n_intake * sizeof *cube->intake);
    put(&o, cube->hidden, h.n_hidden * sizeof *cube->hidden);
    put_series(&o, v, n);
    struct tail t = { .magic = MAGIC, .checksum = o.sum };
    put(&o, &t, sizeof t);
    out_flush(&o);
    free(o.buffer);
    free(used);
    free(v);
    return o.code == GB_OK ? GB_OK : gb_context(e, "part %d", part);
}

/* ---- reading: sticky too; after a failure get() gives nothing more */
/* `frame` = bytes of this part that have not been taken from the pipe: nothing beyond them is read, since the next part follows
 * on the same pipe. */
struct in {
    int fd;
    uint64_t sum, frame;
    size_t at, n;
    char *buffer;
    size_t cap;
    enum gb_code code;
    struct gb_err *e;
};

static bool broken(struct in *in, const char *what)
{
    if (in->code == GB_OK)
        in->code = gb_fail(in->e, GB_E_BUG, "cube: a part arrived broken: %s", what);
    return false;
}

static bool fill(struct in *in)
{
    if (in->frame == 0)
        return broken(in, "more content than its head says");
    for (;;) {
        ssize_t k = gb_fault("io.read") ? -1 : read(in->fd, in->buffer, in->frame < BUFFER ? (size_t)in->frame : BUFFER);
        if (k > 0) {
            in->at = 0, in->n = (size_t)k, in->frame -= (uint64_t)k;
            return true;
        }
        if (k < 0 && errno == EINTR)
            continue;
        in->code = k == 0 ? gb_fail(in->e, GB_E_IO, "cube: the stream of a part ended early")
                          : gb_fail_errno(in->e, GB_E_IO, errno, "cube: reading a part");
        return false;
    }
}

static bool get(struct in *in, void *p, size_t n)
{
    char *to = p;
    for (size_t left = n; left > 0 && in->code == GB_OK;) {
        if (in->at == in->n && !fill(in))
            return false;
        size_t k = in->n - in->at < left ? in->n - in->at : left;
        memcpy(to, in->buffer + in->at, k);
        in->at += k, to += k, left -= k;
    }
    if (in->code == GB_OK)
        in->sum = mix(in->sum, p, n);
    return in->code == GB_OK;
}

static bool read_head(struct in *in, const struct gb_cube *cube, int part, struct head *h)
{
    const struct gb_catalogue *c = cube->catalogue;
    in->frame = sizeof *h;
    if (!get(in, h, sizeof *h))
        return false;
    if (h->magic != MAGIC || h->part != part)
        return broken(in, "wrong magic or part number");
    if (memcmp(&h->catalogue, &c->digest, sizeof h->catalogue) != 0)
        return broken(in, "the two ends have different catalogues");
    if (cube->n_parts > 0 && memcmp(&h->vintage_digest, &cube->vintage.digest, sizeof h->vintage_digest) != 0)
        return broken(in, "another vintage than the parts before it");
    if (h->n_series > (uint64_t)gb_n_indicator_keys(c) * (uint64_t)gb_n_region_keys(c) || h->n_deliveries > NOTES_MAX ||
        h->n_conflicts > (part == GB_PART_ALL ? NOTES_MAX : 0) || h->n_acks > (part == GB_PART_ALL ? ACKS_MAX : 0) ||
        h->n_intake > (part == GB_PART_ALL ? NOTES_MAX : 0) || h->n_hidden > (part == GB_PART_ALL ? ACKS_MAX : 0) ||
        cube->n_series + h->n_series >= INT32_MAX || h->n_obs > h->n_series * SERIES_MAX_OBS || h->n_first > h->n_obs ||
        h->n_text > TEXTS_MAX)
        return broken(in, "impossible counts");
    in->frame = h->n_deliveries * sizeof(struct note) + h->n_conflicts * sizeof(struct clash) +
                h->n_acks * sizeof(struct gb_cube_ack) + h->n_intake * sizeof(struct gb_cube_intake) +
                h->n_hidden * sizeof(struct gb_cube_hidden) + h->n_series * sizeof(struct series_head) + h->n_obs * OBS_BYTES +
                h->n_first * sizeof(struct gb_first) + h->n_text + sizeof(struct tail);
    return true;
}

static bool impossible_day(int32_t days) /* years 1 to 9999 */
{
    return days != INT32_MIN && (days < -719162 || days > 2932896);
}

static bool read_notes(struct in *in, struct gb_cube *cube, uint64_t n)
{
    int32_t last = 0;
    for (uint64_t i = 0; i < n; i++) {
        struct note note;
        if (!get(in, &note, sizeof note))
            return false;
        if (note.id <= last || note.agency_i < -1 || note.agency_i >= cube->catalogue->n_agencies)
            return broken(in, "list of deliveries");
        if (impossible_day(note.as_of_days))
            return broken(in, "date of a delivery");
        if ((note.flags & ~(NOTE_SAMPLE | NOTE_LINED)) != 0 || note.delivered_utc < 0 || note.n_rows < 0 || note.n_rounded < 0 ||
            note.n_marked < 0)
            return broken(in, "mark, time or counts of a delivery");
        last = note.id;
        struct gb_cube_delivery d = {
            .id = note.id,
            .agency_i = note.agency_i,
            .as_of = date_or_none(note.as_of_days),
            .delivered_utc = note.delivered_utc,
            .sample = (note.flags & NOTE_SAMPLE) != 0,
            .lined = (note.flags & NOTE_LINED) != 0,
            .n_rows = note.n_rows,
            .n_rounded = note.n_rounded,
            .n_marked = note.n_marked,
        };
        gb_cube_note_delivery(cube, &d);
    }
    return true;
}

/* The conflicts of the last part, heap: the cube takes them when the whole part has proved sound. */
static bool read_conflicts(struct in *in, const struct gb_cube *cube, uint64_t n, struct gb_cube_conflict **out)
{
    size_t cap = 0;
    for (size_t i = 0; i < n; i++) {
        struct clash k;
        *out = gb_grow(*out, &cap, i + 1, sizeof **out);
        if (!get(in, &k, sizeof k))
            return false;
        if (k.agency_i < -1 || k.agency_i >= cube->catalogue->n_agencies || k.indicator_i < 0 ||
            k.indicator_i >= gb_n_indicator_keys(cube->catalogue) || impossible_day(k.as_of_days))
            return broken(in, "list of conflicts");
        (*out)[i] = (struct gb_cube_conflict){
            .agency_i = k.agency_i, .indicator_i = k.indicator_i, .as_of = date_or_none(k.as_of_days), .seq = k.seq
        };
    }
    return true;
}

static bool ack_before(const struct gb_cube_ack *a, const struct gb_cube_ack *b)
{
    if (a->indicator_i != b->indicator_i)
        return a->indicator_i < b->indicator_i;
    return a->region_i != b->region_i ? a->region_i < b->region_i : a->period < b->period;
}

/* Heap, like the conflicts; it grows as it arrives. */
static bool read_acks(struct in *in, const struct gb_cube *cube, uint64_t n, struct gb_cube_ack **out)
{
    const struct gb_catalogue *c = cube->catalogue;
    size_t cap = 0;
    for (size_t i = 0; i < n; i++) {
        *out = gb_grow(*out, &cap, i + 1, sizeof **out);
        struct gb_cube_ack *x = &(*out)[i];
        if (!get(in, x, sizeof *x))
            return false;
        if (x->indicator_i < 0 || x->indicator_i >= c->n_indicators || x->region_i < 0 || x->region_i >= c->n_regions ||
            x->agency_i < 0 || x->agency_i >= c->n_agencies || x->delivery <= 0 || x->order < 0 || x->on_days == INT32_MIN ||
            impossible_day(x->on_days) || (i > 0 && !ack_before(x - 1, x)))
            return broken(in, "list of acknowledgements");
    }
    return true;
}

static bool read_intake(struct in *in, const struct gb_cube *cube, uint64_t n, struct gb_cube_intake **out)
{
    size_t cap = 0;
    for (size_t i = 0; i < n; i++) {
        *out = gb_grow(*out, &cap, i + 1, sizeof **out);
        struct gb_cube_intake *x = &(*out)[i];
        if (!get(in, x, sizeof *x))
            return false;
        const bool ascends = i == 0 || x[-1].day < x->day || (x[-1].day == x->day && x[-1].agency_i < x->agency_i);
        if (x->agency_i < -1 || x->agency_i >= cube->catalogue->n_agencies || x->day == INT32_MIN || impossible_day(x->day) ||
            !ascends || x->files < 0 || x->unread_files < 0 || x->refused_files < x->unread_files || x->rows < 0 ||
            x->faulty < 0 || x->refused < x->faulty)
            return broken(in, "counts of intake");
    }
    return true;
}

static bool read_hidden(struct in *in, const struct gb_cube *cube, uint64_t n, struct gb_cube_hidden **out)
{
    const struct gb_catalogue *c = cube->catalogue;
    size_t cap = 0;
    for (size_t i = 0; i < n; i++) {
        *out = gb_grow(*out, &cap, i + 1, sizeof **out);
        struct gb_cube_hidden *x = &(*out)[i];
        if (!get(in, x, sizeof *x))
            return false;
        if (x->indicator_i < 0 || x->indicator_i >= c->n_indicators || x->region_i < -1 || x->region_i >= c->n_regions ||
            x->since == INT32_MIN || impossible_day(x->since) || (i > 0 && !gb_hidden_before(x - 1, x)))
            return broken(in, "list of what is withheld");
    }
    return true;
}

/* The table grows as it arrives. Keys ascend strictly, so that none can come twice within a part; one that an earlier part has
 * would break the index. */
static bool read_table(struct in *in, const struct gb_cube *cube, const struct head *h, struct series_head **table)
{
    const struct gb_catalogue *c = cube->catalogue;
    size_t cap = 0;
    uint64_t n_obs = 0, n_first = 0;
    for (size_t i = 0; i < h->n_series; i++) {
        *table = gb_grow(*table, &cap, i + 1, sizeof **table);
        struct series_head *s = &(*table)[i];
        if (!get(in, s, sizeof *s))
            return false;
        if (s->indicator_i < 0 || s->indicator_i >= gb_n_indicator_keys(c) || s->region_i < 0 ||
            s->region_i >= gb_n_region_keys(c))
            return broken(in, "index out of range");
        if (i > 0 &&
            !(s[-1].indicator_i < s->indicator_i || (s[-1].indicator_i == s->indicator_i && s[-1].region_i < s->region_i)))
            return broken(in, "series out of order");
        if (s->n == 0 || s->n > SERIES_MAX_OBS || s->n_first > s->n ||
            (s->flags & ~(uint32_t)(GB_SERIES_DERIVED | GB_SERIES_SAMPLE | GB_SERIES_NOTED | GB_SERIES_MASKED)) != 0 ||
            ((s->flags & GB_SERIES_MASKED) && h->part >= GB_PART_STATISTICS))
            return broken(in, "series head");
        const struct gb_series *had = gb_cube_series(cube, s->indicator_i, s->region_i);
        if (had && (h->part != GB_PART_STATISTICS || !(had->flags & GB_SERIES_MASKED) || had->n != s->n))
            return broken(in, "a series that an earlier part has");
        n_obs += s->n, n_first += s->n_first;
    }
    return (n_obs == h->n_obs && n_first == h->n_first) || broken(in, "counts do not add up");
}

static bool read_texts(struct in *in, struct gb_cube *cube, struct gb_series *s)
{
    const char **note = GB_NEW_N(&cube->arena, s->n, const char *);
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t n;
        if (!get(in, &n, sizeof n))
            return false;
        if (n > TEXT_MAX)
            return broken(in, "length of a note");
        char *text = GB_NEW_N(&cube->arena, (size_t)n + 1, char);
        if (!get(in, text, n))
            return false;
        if (memchr(text, 0, n))
            return broken(in, "text of a note");
        note[i] = text;
    }
    s->note = note;
    return true;
}

static bool read_first(struct in *in, struct gb_cube *cube, const struct series_head *sh, struct gb_series *s)
{
    struct gb_first *first = GB_NEW_N(&cube->arena, sh->n_first, struct gb_first);
    if (!get(in, first, sh->n_first * sizeof *first))
        return false;
    for (uint32_t i = 0; i < sh->n_first; i++)
        if (first[i].at >= sh->n || (i > 0 && first[i - 1].at >= first[i].at) || first[i].delivery <= 0 ||
            first[i].value == GB_VALUE_MISSING)
            return broken(in, "first version of an observation");
    s->first = first, s->n_first = sh->n_first;
    return true;
}

/* Series that take the place of a mask: only when the whole part has proved sound. Heap. */
struct revealed {
    struct gb_series *v;
    size_t n, cap;
};

static bool read_series(struct in *in, struct gb_cube *cube, int part, const struct series_head *sh, struct revealed *r)
{
    struct gb_columns to = gb_columns_new(&cube->arena, sh->n);
    if (!get(in, to.period, sh->n * sizeof *to.period) || !get(in, to.value, sh->n * sizeof *to.value) ||
        !get(in, to.delivery, sh->n * sizeof *to.delivery) || !get(in, to.status, sh->n))
        return false;
    for (uint32_t i = 0; i < sh->n; i++) {
        if (i > 0 && to.period[i - 1] >= to.period[i])
            return broken(in, "periods do not ascend");
        if (to.status[i] < '!' || to.status[i] > '~' || (to.status[i] == 'M' && to.value[i] != GB_VALUE_MISSING) ||
            to.delivery[i] < 0)
            return broken(in, "status or delivery of an observation");
    }
    struct gb_series s = { .indicator_i = sh->indicator_i,
                           .region_i = sh->region_i,
                           .n = sh->n,
                           .flags = (uint8_t)sh->flags,
                           .period = to.period,
                           .value = to.value,
                           .status = to.status,
                           .delivery = to.delivery };
    if (sh->n_first && !read_first(in, cube, sh, &s))
        return false;
    if (sh->flags & GB_SERIES_NOTED && !read_texts(in, cube, &s))
        return false;
    const struct gb_series *mask = part == GB_PART_STATISTICS ? gb_cube_series(cube, s.indicator_i, s.region_i) : NULL;
    if (!mask)
        gb_cube_adopt(cube, part, &s);
    else if (memcmp(mask->period, s.period, s.n * sizeof *s.period) != 0)
        return broken(in, "a series in the place of another");
    else {
        r->v = gb_grow(r->v, &r->cap, r->n + 1, sizeof *r->v);
        r->v[r->n++] = s;
    }
    return true;
}

static bool read_tail(struct in *in)
{
    struct tail t;
    uint64_t sum = in->sum;
    if (!get(in, &t, sizeof t))
        return false;
    return (t.magic == MAGIC && t.checksum == sum) || broken(in, "checksum");
}

enum gb_code gb_cube_read_part(struct gb_cube *cube, int part, int fd, struct gb_err *e)
{
    gb_assert(part == cube->n_parts && part < GB_N_PARTS && cube->n_series == cube->part_first[part]);
    struct in in = { .fd = fd, .e = e };
    struct head h;
    struct series_head *table = NULL;
    struct gb_cube_conflict *conflict = NULL;
    struct gb_cube_ack *ack = NULL;
    struct gb_cube_intake *intake = NULL;
    struct gb_cube_hidden *hidden = NULL;
    struct revealed revealed = { 0 };
    in.buffer = gb_grow(NULL, &in.cap, BUFFER, 1);
    bool ok = read_head(&in, cube, part, &h) && read_notes(&in, cube, h.n_deliveries) &&
              read_conflicts(&in, cube, h.n_conflicts, &conflict) && read_acks(&in, cube, h.n_acks, &ack) &&
              read_intake(&in, cube, h.n_intake, &intake) && read_hidden(&in, cube, h.n_hidden, &hidden) &&
              read_table(&in, cube, &h, &table);
    for (size_t i = 0; ok && i < h.n_series; i++)
        ok = read_series(&in, cube, part, &table[i], &revealed);
    ok = ok && read_tail(&in);
    if (ok) {
        gb_cube_set_conflicts(cube, conflict, h.n_conflicts);
        gb_cube_set_acks(cube, ack, h.n_acks);
        gb_cube_set_intake(cube, intake, h.n_intake);
        gb_cube_set_hidden(cube, hidden, h.n_hidden);
        for (size_t i = 0; i < revealed.n; i++)
            gb_cube_reveal(cube, &revealed.v[i]);
    }
    free(revealed.v);
    free(hidden);
    free(intake);
    free(conflict);
    free(ack);
    free(table);
    free(in.buffer);
    if (!ok) {
        gb_cube_drop_open(cube);
        return gb_context(e, "part %d", part);
    }
    if (part == 0)
        cube->vintage = (struct gb_vintage){ .digest = h.vintage_digest };
    gb_cube_end_part(cube, part);
    return GB_OK;
}
