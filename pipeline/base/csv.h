/* base/csv.h — RFC 4180, both ways. The reader is a state machine over bytes in memory (memchr-fast for plain fields): fields
 * borrow from the input or, when they held doubled quotes, from a scratch buffer that lives until the next row.
 */
#ifndef GB_BASE_CSV_H
#define GB_BASE_CSV_H
#include "base/str.h"

#define GB_CSV_MAX_FIELDS 256
#define GB_CSV_MAX_FIELD_BYTES 32768
enum gb_csv_status { GB_CSV_ROW, GB_CSV_END, GB_CSV_UNCLOSED_QUOTE, GB_CSV_STRAY_QUOTE, GB_CSV_TOO_MANY_FIELDS, GB_CSV_FIELD_TOO_LONG };
struct gb_csv {
    const char *p, *end;
    char delimiter;
    int64_t line;            /* 1-based line on which the current row starts */
    int64_t next_line;
    int n_fields;
    struct gb_str field[GB_CSV_MAX_FIELDS];
    struct gb_buf scratch;
};
/** Begin; skips one UTF-8 BOM. Bytes are borrowed. */
void gb_csv_init(struct gb_csv *c, const char *p, size_t n, char delimiter);
void gb_csv_release(struct gb_csv *c);
/** Next row; rows end at LF or CRLF, a last row without line end counts; an empty line is a row of one empty field. */
enum gb_csv_status gb_csv_next(struct gb_csv *c);

/* Writer: CRLF, quotes only where needed. Text that a spreadsheet would run as a formula gets a leading apostrophe
 * (TRUST.md 36); numbers are written with gb_csv_number and never touched. */
void gb_csv_text(struct gb_buf *b, bool first, const char *s);
void gb_csv_code(struct gb_buf *b, bool first, const char *s); /* our own codes and dates: quoted only where needed */
void gb_csv_number(struct gb_buf *b, bool first, int64_t v, int scale); /* exact, shortest */
void gb_csv_empty(struct gb_buf *b, bool first);
void gb_csv_end(struct gb_buf *b);
#endif
