/* cmd_intake.c — `giaoban intake`: named files into the store, a receipt each on standard output. Exit 65 when any was refused. */
#include "app/clock.h"
#include "app/ingest.h"

static void print_receipts(const struct gb_ingest *in)
{
    for (size_t i = 0; i < in->n; i++) {
        fwrite(in->receipt[i].text.p, 1, in->receipt[i].text.n, stdout);
        if (in->receipt[i].known)
            fputs("Bản này đã được nhận trước đây: không có gì thay đổi.\n", stdout);
        if (in->receipt[i].conflict)
            fputs("XUNG ĐỘT: trùng cơ quan, ngày và số thứ tự với một bản khác nội dung; cả hai không được dùng cho đến khi có "
                  "bản thay.\n",
                  stdout);
        putchar('\n');
    }
}

int gb_cmd_intake(struct gb_app *app, struct gb_err *e)
{
    struct gb_zygote prep = { .fd = -1 };
    struct gb_ingest in = { 0 };
    struct gb_store *s = NULL;
    struct gb_lock lock = { -1 };
    enum gb_code code = gb_app_catalogue(app, e);

    if (code == GB_OK)
        code = gb_cage_warm(&app->cage, app->args.no_landlock, e);
    if (code == GB_OK)
        code = gb_prep_start(&prep, app, gb_app_date(app), e);
    if (code != GB_OK)
        return 0;
    const char *path = gb_app_store(app);
    code = gb_app_lock_store(app, &lock, e);
    if (code == GB_OK)
        code = gb_store_open(&s, path, false, e);
    if (code == GB_OK)
        code = gb_ingest_files(&in, app, &prep, s, path, app->args.word, (size_t)app->args.n_words, gb_app_date(app), e);
    gb_store_close(s);
    gb_lock_release(&lock);
    gb_zygote_stop(&prep);
    print_receipts(&in);
    int status = in.n_refused || in.n_deferred ? 65 : 0;
    gb_ingest_release(&in);
    return status;
}
