/* table.c — a CSV table with known columns becomes rows of cells, every fault with file, line and column.
 *
 * Columns are found by name, in any order. An unknown column is only a warning (somebody's own note), but with the nearest known
 * name, because a mistyped optional column would otherwise be a silently missing one. `-` stands for "no value", as in the tables
 * the catalogue was made from. Cells are checked once, here: UTF-8, NFC, no invisible or direction-changing characters
 * (TRUST.md 16), so that nothing behind this file has to ask again. */
#include "catalogue/load.h"

enum gb_code gb_load_file(struct gb_load *l, const char *dir, const char *rel_dir, const char *name, const char **path,
                          const char **bytes, size_t *n, struct gb_err *e)
{
    struct gb_arena *a = &l->c->arena;
    *path = gb_path_join(a, dir, name);
    *bytes = NULL;
    *n = 0;
    if (!gb_file_exists(*path))
        return GB_OK;
    struct gb_buf b = { 0 };
    enum gb_code code = gb_file_read(*path, GB_TABLE_MAX_BYTES, &b, e);
    if (code != GB_OK) {
        gb_buf_release(&b);
        if (code == GB_E_LIMIT)
            e->code = GB_E_CONFIG; /* found before any night: nothing is published, so it is no missing section */
        return gb_context(e, "danh mục");
    }
    char *whole = gb_alloc(a, b.n + 1); /* not a string copy: a NUL inside must reach the check of the text */
    if (b.n)
        memcpy(whole, b.p, b.n);
    *bytes = whole;
    *n = b.n;
    gb_buf_release(&b);
    if (l->n_files == l->cap_files) {
        size_t cap = l->cap_files ? l->cap_files * 2 : 16;
        struct gb_read_file *v = GB_NEW_N(a, cap, struct gb_read_file);
        if (l->n_files)
            memcpy(v, l->file, l->n_files * sizeof *v);
        l->file = v;
        l->cap_files = cap;
    }
    l->file[l->n_files++] = (struct gb_read_file){ gb_path_join(a, rel_dir, name), *bytes, *n };
    return GB_OK;
}

struct gb_at gb_at_cell(const struct gb_table *t, int row, int col)
{
    return (struct gb_at){ t->file, t->row[row].line, col < 0 ? NULL : t->col[col].name };
}

const char *gb_cell(const struct gb_table *t, int row, int col)
{
    return t->row[row].cell[col];
}

/* One cell's text: trimmed, checked, copied. A faulty one is noted and read as empty. */
static const char *cell_text(struct gb_table *t, struct gb_str f, int line, const char *column)
{
    struct gb_load *l = t->l;
    struct gb_at at = { t->file, line, column };
    f = gb_trim(f);
    enum gb_text_fault fault = gb_text_check(f.p, f.n, NULL);
    if (fault != GB_TEXT_OK) {
        gb_note(l, true, at, NULL, gb_sprintf(&l->c->arena, "chữ UTF-8 sạch (ở đây: %s)", gb_text_fault_vi(fault)),
                "xóa ký tự đó rồi gõ lại ô này");
        return "";
    }
    if (!gb_is_nfc(f.p, f.n)) {
        gb_note(l, true, at, gb_strndup(&l->c->arena, f.p, f.n), "chữ Unicode dựng sẵn (NFC)",
                "chuyển tệp sang Unicode dựng sẵn bằng bộ gõ hoặc trình soạn thảo");
        return "";
    }
    if (f.n == 0 || (f.n == 1 && f.p[0] == '-'))
        return "";
    return gb_strndup(&l->c->arena, f.p, f.n);
}

/* Map header positions to known columns; unknown names are warnings, duplicates and missing required ones are faults. */
static void read_header(struct gb_table *t, const struct gb_csv *csv, int *to_col)
{
    struct gb_load *l = t->l;
    struct gb_arena *a = &l->c->arena;
    int line = (int)csv->line;
    const char **names = GB_NEW_N(a, (size_t)t->n_cols, const char *);
    for (int i = 0; i < t->n_cols; i++)
        names[i] = t->col[i].name;
    for (int f = 0; f < csv->n_fields; f++) {
        to_col[f] = -1;
        const char *name = cell_text(t, csv->field[f], line, NULL);
        for (int i = 0; i < t->n_cols; i++)
            if (gb_streq(name, names[i]))
                to_col[f] = i;
        struct gb_at at = { t->file, line, name };
        if (to_col[f] < 0)
            gb_note(l, false, at, name, "cột có trong mẫu",
                    gb_did_you_mean(l, name, names, (size_t)t->n_cols, "bỏ cột này; chương trình không đọc nó"));
        else if (t->has[to_col[f]]) {
            gb_note(l, true, at, name, "mỗi cột một lần", "xóa cột lặp");
            to_col[f] = -1;
        } else
            t->has[to_col[f]] = true;
    }
    for (int i = 0; i < t->n_cols; i++)
        if (t->col[i].required && !t->has[i])
            gb_note(l, true, (struct gb_at){ t->file, line, names[i] }, NULL,
                    gb_sprintf(a, "cột \"%s\" ở dòng tiêu đề", names[i]), "thêm cột này");
}

static void read_row(struct gb_table *t, const struct gb_csv *csv, int n_header, const int *to_col)
{
    struct gb_load *l = t->l;
    struct gb_arena *a = &l->c->arena;
    int line = (int)csv->line;
    if (csv->n_fields == 1 && gb_trim(csv->field[0]).n == 0)
        return; /* an empty line */
    if (csv->n_fields != n_header) {
        gb_note(l, true, (struct gb_at){ t->file, line, NULL }, NULL,
                gb_sprintf(a, "%d ô như dòng tiêu đề, dòng này có %d", n_header, csv->n_fields),
                "thêm hoặc bớt dấu phẩy; ô có dấu phẩy phải nằm trong ngoặc kép");
        return;
    }
    struct gb_table_row *r = &t->row[t->n_rows++];
    r->line = line;
    r->cell = GB_NEW_N(a, (size_t)t->n_cols, const char *);
    for (int i = 0; i < t->n_cols; i++)
        r->cell[i] = "";
    for (int f = 0; f < n_header; f++)
        if (to_col[f] >= 0)
            r->cell[to_col[f]] = cell_text(t, csv->field[f], line, t->col[to_col[f]].name);
}

static void note_syntax(struct gb_table *t, const struct gb_csv *csv, enum gb_csv_status s)
{
    const char *expected = NULL, *remedy = NULL;
    switch (s) {
    case GB_CSV_UNCLOSED_QUOTE:
        expected = "dấu ngoặc kép đóng";
        remedy = "đóng ngoặc kép mở ở dòng này";
        break;
    case GB_CSV_STRAY_QUOTE:
        expected = "ngoặc kép chỉ bao cả ô";
        remedy = "bao cả ô và viết đôi mỗi dấu ngoặc kép bên trong";
        break;
    case GB_CSV_TOO_MANY_FIELDS:
        expected = "không quá 256 cột";
        remedy = "bớt cột";
        break;
    case GB_CSV_FIELD_TOO_LONG:
        expected = "ô không quá 32 KiB";
        remedy = "rút ngắn ô, hoặc đóng ngoặc kép còn thiếu";
        break;
    case GB_CSV_ROW:
    case GB_CSV_END: return;
    }
    gb_note(t->l, true, (struct gb_at){ t->file, (int)csv->line, NULL }, NULL, expected, remedy);
}

static void read_rows(struct gb_table *t, const char *bytes, size_t n)
{
    struct gb_csv *csv = GB_NEW(&t->l->c->arena, struct gb_csv);
    int *to_col = GB_NEW_N(&t->l->c->arena, GB_CSV_MAX_FIELDS, int);
    size_t lines = 1;
    for (size_t i = 0; i < n; i++)
        lines += bytes[i] == '\n' || bytes[i] == '\r';
    t->row = GB_NEW_N(&t->l->c->arena, lines, struct gb_table_row);
    gb_csv_init(csv, bytes, n, ',');
    enum gb_csv_status s = gb_csv_next(csv);
    if (s == GB_CSV_END)
        gb_note(t->l, true, (struct gb_at){ t->file, 1, NULL }, NULL, "dòng tiêu đề, tệp này rỗng", "chép lại tệp mẫu");
    if (s == GB_CSV_ROW) {
        int n_header = csv->n_fields;
        read_header(t, csv, to_col);
        while ((s = gb_csv_next(csv)) == GB_CSV_ROW)
            read_row(t, csv, n_header, to_col);
    }
    note_syntax(t, csv, s);
    gb_csv_release(csv);
}

void gb_table_parse(struct gb_load *l, struct gb_table *t, const char *file, const char *bytes, size_t n,
                    const struct gb_column *cols, int n_cols)
{
    *t = (struct gb_table){ .l = l, .file = file, .col = cols, .n_cols = n_cols, .present = true };
    t->has = GB_NEW_N(&l->c->arena, (size_t)n_cols, bool);
    read_rows(t, bytes, n);
}

enum gb_code gb_table_read(struct gb_load *l, struct gb_table *t, const char *dir, const char *rel_dir, const char *name,
                           const struct gb_column *cols, int n_cols, bool required, struct gb_err *e)
{
    const char *bytes, *file;
    size_t n;
    enum gb_code code = gb_load_file(l, dir, rel_dir, name, &file, &bytes, &n, e);
    if (code != GB_OK)
        return code;
    if (bytes) {
        gb_table_parse(l, t, file, bytes, n, cols, n_cols);
        return GB_OK;
    }
    *t = (struct gb_table){ .l = l, .file = file, .col = cols, .n_cols = n_cols };
    t->has = GB_NEW_N(&l->c->arena, (size_t)n_cols, bool);
    if (required)
        gb_note(l, true, (struct gb_at){ file, 0, NULL }, NULL, "tệp này, hiện không có", "chép tệp vào đúng thư mục");
    return GB_OK;
}

bool gb_cell_code(const struct gb_table *t, int row, int col)
{
    const char *s = gb_cell(t, row, col);
    bool ok = *s != 0;
    for (const char *p = s; *p; p++)
        ok = ok && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '.' || *p == '_' ||
                    *p == '-');
    if (!ok && t->has[col]) /* a missing column is noted once, not for every row */
        gb_note(t->l, true, gb_at_cell(t, row, col), s, "mã gồm chữ Latinh không dấu, chữ số, dấu chấm, gạch nối, gạch dưới",
                *s ? "sửa mã" : "điền mã");
    return ok;
}

int gb_cell_word(const struct gb_table *t, int row, int col, const char *const *list, int n, int dflt)
{
    const char *s = gb_cell(t, row, col);
    if (!*s && (dflt >= 0 || !t->has[col]))
        return dflt;
    for (int i = 0; i < n; i++)
        if (gb_streq(s, list[i]))
            return i;
    struct gb_arena *a = &t->l->c->arena;
    gb_note(t->l, true, gb_at_cell(t, row, col), s, gb_sprintf(a, "một trong: %s", gb_join_words(a, list, (size_t)n)),
            gb_did_you_mean(t->l, s, list, (size_t)n, "chọn một từ trong danh sách"));
    return -1;
}

int64_t gb_cell_int(const struct gb_table *t, int row, int col, int64_t lo, int64_t hi, int64_t dflt)
{
    const char *s = gb_cell(t, row, col);
    int64_t v = 0;
    bool rounded = false;
    if (!*s)
        return dflt;
    if (gb_dec_parse(s, strlen(s), '.', 0, 0, &v, &rounded) == GB_NUM_OK && !rounded && v >= lo && v <= hi)
        return v;
    gb_note(t->l, true, gb_at_cell(t, row, col), s,
            gb_sprintf(&t->l->c->arena, "số nguyên từ %lld đến %lld", (long long)lo, (long long)hi), "sửa số");
    return dflt;
}

bool gb_piece_decimal(const struct gb_table *t, int row, int col, struct gb_str piece, int scale, int64_t *out)
{
    struct gb_arena *a = &t->l->c->arena;
    bool rounded = false;
    int64_t v = 0;
    enum gb_num_fault f = gb_dec_parse(piece.p, piece.n, '.', 0, scale, &v, &rounded);
    if (f != GB_NUM_OK) {
        gb_note(t->l, true, gb_at_cell(t, row, col), gb_strndup(a, piece.p, piece.n), "số thập phân với dấu chấm, ví dụ -12.5",
                f == GB_NUM_RANGE ? "số quá lớn so với scale; giảm scale hoặc sửa số" : "sửa số");
        return false;
    }
    if (rounded) {
        gb_note(t->l, true, gb_at_cell(t, row, col), gb_strndup(a, piece.p, piece.n),
                gb_sprintf(a, "số có không quá %d chữ số thập phân (cột scale)", scale), "tăng scale hoặc làm tròn số này");
        return false;
    }
    *out = v;
    return true;
}

bool gb_cell_decimal(const struct gb_table *t, int row, int col, int scale, int64_t *out)
{
    const char *s = gb_cell(t, row, col);
    return *s && gb_piece_decimal(t, row, col, gb_str_of(s), scale, out);
}

bool gb_cell_yes(const struct gb_table *t, int row, int col, bool dflt)
{
    static const char *const words[] = { "no", "yes" };
    int w = gb_cell_word(t, row, col, words, 2, dflt ? 1 : 0);
    return w < 0 ? dflt : w == 1;
}

struct gb_date gb_cell_date(const struct gb_table *t, int row, int col)
{
    const char *s = gb_cell(t, row, col);
    struct gb_date d = { 0 };
    if (*s && !gb_date_parse(s, strlen(s), &d)) {
        gb_note(t->l, true, gb_at_cell(t, row, col), s, "ngày dạng NNNN-TT-NN, ví dụ 2025-07-01", "sửa ngày");
        d = (struct gb_date){ 0 };
    }
    return d;
}

bool gb_table_unique(const struct gb_table *t, int row, int col, struct gb_map *m, int32_t index)
{
    const char *s = gb_cell(t, row, col);
    if (gb_map_put(m, s, strlen(s), index))
        return true;
    gb_note(t->l, true, gb_at_cell(t, row, col), s, "mã không lặp trong tệp", "đổi mã hoặc xóa dòng lặp");
    return false;
}

/* A code that is switched off here, in the list in which it was looked for. */
static bool off(const struct gb_catalogue *c, const struct gb_map *m, struct gb_str code)
{
    const struct gb_map *o = m == &c->by_scenario    ? &c->off_scenario
                             : m == &c->by_group     ? &c->off_group
                             : m == &c->by_indicator ? &c->off_indicator
                                                     : NULL;
    return o && gb_map_find(o, code.p, code.n) >= 0;
}

int *gb_cell_refs(const struct gb_table *t, int row, int col, const struct gb_map *m, const char *const *known, size_t n_known,
                  const char *where, int *n_out)
{
    struct gb_arena *a = &t->l->c->arena;
    struct gb_str piece[64];
    size_t n = gb_split(gb_str_of(gb_cell(t, row, col)), ';', piece, 64);
    int *out = GB_NEW_N(a, n, int);
    *n_out = 0;
    for (size_t i = 0; i < n; i++) {
        struct gb_str p = gb_trim(piece[i]);
        int at = p.n ? gb_map_find(m, p.p, p.n) : -1;
        if (at >= 0) {
            out[(*n_out)++] = at;
            continue;
        }
        if (p.n && off(t->l->c, m, p))
            continue; /* known, and not of this locality */
        const char *word = gb_strndup(a, p.p, p.n);
        gb_note(t->l, true, gb_at_cell(t, row, col), word, gb_sprintf(a, "mã có trong %s", where),
                gb_did_you_mean(t->l, word, known, n_known, gb_sprintf(a, "thêm mã này vào %s hoặc sửa ô này", where)));
    }
    return out;
}
