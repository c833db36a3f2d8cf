/* lex.c — what a definition may not even contain.
 *
 * A small scanner of Lua's tokens, run before the text reaches Lua's parser. Why before: Lua 5.4.4 computes wrong integers for
 * bitwise operators in chunks with more than 255 constants, `<close>` runs code at moments no budget sees, goto hides loops from
 * a reader, and floating point has no place between a delivered decimal and a page. A list of words found by searching the text
 * would be fooled by strings and comments; so tokens are read as Lua reads them.
 */
#include "base/utf8.h"
#include "script/sandbox.h"

struct lex {
    const struct gb_script_file *f;
    const char *p, *end;
    int line;
    gb_each_literal each;
    void *ctx;
    struct gb_err *e;
    char prev, prev2; /* kind of the two tokens before: '<' , 'c' for the name close, else other */
};

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static enum gb_code refuse(struct lex *x, const char *what, const char *instead)
{
    return gb_fail(x->e, GB_E_REPORT, "%s:%d: không được dùng %s; %s", x->f->path, x->line, what, instead);
}

/* At '[': length of "[==[" or 0. */
static size_t long_open(const struct lex *x, const char *p)
{
    const char *q = p + 1;
    while (q < x->end && *q == '=')
        q++;
    return q < x->end && *q == '[' ? (size_t)(q - p) + 1 : 0;
}

static enum gb_code skip_long(struct lex *x, size_t n_open)
{
    int from = x->line;
    x->p += n_open;
    for (; x->p < x->end; x->p++) {
        if (*x->p == '\n')
            x->line++;
        if (*x->p != ']')
            continue;
        const char *q = x->p + 1;
        while (q < x->end && *q == '=')
            q++;
        if (q < x->end && *q == ']' && (size_t)(q - x->p) + 1 == n_open) {
            x->p = q + 1;
            return GB_OK;
        }
    }
    return gb_fail(x->e, GB_E_REPORT, "%s:%d: chuỗi dài mở ở đây không có dấu đóng", x->f->path, from);
}

static enum gb_code skip_string(struct lex *x)
{
    char quote = *x->p++;
    const char *from = x->p;
    int line = x->line;
    while (x->p < x->end && *x->p != quote) {
        if (*x->p == '\n')
            return gb_fail(x->e, GB_E_REPORT, "%s:%d: chuỗi không có dấu đóng trên cùng dòng", x->f->path, line);
        if (*x->p == '\\') {
            x->p++;
            if (x->p < x->end && is_digit(*x->p))
                return refuse(x, "mã ký tự bằng số trong chuỗi (\\0)", "viết thẳng chữ cần in");
            if (x->p < x->end && *x->p == '\n')
                x->line++;
        }
        if (x->p < x->end)
            x->p++;
    }
    if (x->p >= x->end)
        return gb_fail(x->e, GB_E_REPORT, "%s:%d: chuỗi không có dấu đóng", x->f->path, line);
    if (x->each)
        x->each(x->ctx, line, (struct gb_str){ from, (size_t)(x->p - from) });
    x->p++;
    return GB_OK;
}

static enum gb_code skip_number(struct lex *x)
{
    const char *from = x->p;
    bool hex = x->end - x->p > 2 && x->p[0] == '0' && (x->p[1] == 'x' || x->p[1] == 'X');
    if (hex)
        x->p += 2;
    const char *digits = x->p;
    while (x->p < x->end && (hex ? is_hex(*x->p) : is_digit(*x->p)))
        x->p++;
    size_t n = (size_t)(x->p - digits);
    bool dots = x->p + 1 < x->end && x->p[0] == '.' && x->p[1] == '.'; /* 1..2 is malformed in Lua too */
    if (x->p < x->end && (*x->p == '.' || is_alpha(*x->p) || dots))
        return refuse(x, "số thập phân trong mã lệnh", "viết gb.number(\"12,5\"), gb.percent(\"5\") hoặc gb.points(\"10\")");
    /* A decimal integer past 2^63-1 silently becomes a float in Lua. */
    if (n > (hex ? 16U : 19U) || (!hex && n == 19 && memcmp(from, "9223372036854775807", 19) > 0))
        return refuse(x, "số nguyên vượt quá 9223372036854775807", "viết gb.number(\"...\")");
    return GB_OK;
}

static enum gb_code skip_comment(struct lex *x)
{
    x->p += 2;
    size_t n = x->p < x->end && *x->p == '[' ? long_open(x, x->p) : 0;
    if (n)
        return skip_long(x, n);
    while (x->p < x->end && *x->p != '\n')
        x->p++;
    return GB_OK;
}

static enum gb_code name(struct lex *x)
{
    const char *from = x->p;
    while (x->p < x->end && (is_alpha(*x->p) || is_digit(*x->p)))
        x->p++;
    struct gb_str word = { from, (size_t)(x->p - from) };
    if (gb_str_eq_c(word, "goto"))
        return refuse(x, "goto", "dùng if, for hoặc tách thành hàm");
    x->prev2 = x->prev;
    x->prev = gb_str_eq_c(word, "close") ? 'c' : 'n';
    return GB_OK;
}

static enum gb_code operator_at(struct lex *x)
{
    char c = *x->p, d = x->p + 1 < x->end ? x->p[1] : 0;
    size_t n = 1;
    if (c == '~' && d == '=')
        n = 2;
    else if (c == '&' || c == '|' || c == '~' || (c == '<' && d == '<') || (c == '>' && d == '>'))
        return refuse(x, "phép toán bit", "dùng and, or, not");
    else if (c == '/' && d == '/')
        n = 2;
    else if (c == '/')
        return refuse(x, "phép chia /", "tỷ lệ do máy chủ tính (rate:attainment()); chia nguyên viết //");
    else if (c == '^')
        return refuse(x, "phép lũy thừa ^", "số liệu do máy chủ tính");
    else if (c == ':' && d == ':')
        return refuse(x, "nhãn ::", "dùng if, for hoặc tách thành hàm");
    else if (c == '>' && x->prev == 'c' && x->prev2 == '<')
        return refuse(x, "<close>", "không cần đóng gì trong định nghĩa");
    x->p += n;
    x->prev2 = x->prev;
    x->prev = c;
    return GB_OK;
}

static enum gb_code check_text(const struct gb_script_file *f, struct gb_err *e)
{
    if (f->n > GB_SCRIPT_MAX_BYTES)
        return gb_fail(e, GB_E_REPORT, "%s: tệp dài %zu byte, tối đa %zu; tách bớt sang reports/lib/", f->path, f->n,
                       GB_SCRIPT_MAX_BYTES);
    if (f->n && f->text[0] == '\x1b')
        return gb_fail(e, GB_E_REPORT, "%s:1: tệp mã đã dịch (bytecode) bị từ chối; chỉ nhận tệp văn bản Lua", f->path);
    size_t at = 0;
    enum gb_text_fault fault = gb_text_check(f->text, f->n, &at);
    if (fault != GB_TEXT_OK) {
        int line = 1;
        for (size_t i = 0; i < at && i < f->n; i++)
            line += f->text[i] == '\n';
        return gb_fail(e, GB_E_REPORT, "%s:%d: %s; lưu lại tệp dạng UTF-8", f->path, line, gb_text_fault_vi(fault));
    }
    if (!gb_is_nfc(f->text, f->n))
        return gb_fail(e, GB_E_REPORT, "%s: chữ chưa ở dạng dựng sẵn (NFC); lưu lại bằng bộ gõ Unicode dựng sẵn", f->path);
    return GB_OK;
}

static enum gb_code token(struct lex *x)
{
    char c = *x->p, d = x->p + 1 < x->end ? x->p[1] : 0;
    if (c == '\n')
        x->line++;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        x->p++;
        return GB_OK;
    }
    if (c == '-' && d == '-')
        return skip_comment(x);
    if (is_alpha(c))
        return name(x);
    size_t n = c == '[' ? long_open(x, x->p) : 0;
    enum gb_code rc;
    if (n)
        rc = skip_long(x, n);
    else if (c == '"' || c == '\'')
        rc = skip_string(x);
    else if (is_digit(c) || (c == '.' && is_digit(d)))
        rc = skip_number(x);
    else
        return operator_at(x);
    x->prev2 = x->prev;
    x->prev = 'v';
    return rc;
}

enum gb_code gb_script_lex(const struct gb_script_file *f, gb_each_literal each, void *ctx, struct gb_err *e)
{
    enum gb_code rc = check_text(f, e);
    struct lex x = { .f = f, .p = f->text, .end = f->text + f->n, .line = 1, .each = each, .ctx = ctx, .e = e };
    while (rc == GB_OK && x.p < x.end)
        rc = token(&x);
    return rc;
}
