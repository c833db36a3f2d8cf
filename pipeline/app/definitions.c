/* definitions.c — everything that is read once, before the first fork: catalogue, report definitions, templates, fonts, filters. */
#include "app/app.h"
#include "base/file.h"
#include "canvas/font.h"
#include "canvas/pdf.h"

enum gb_code gb_app_catalogue(struct gb_app *app, struct gb_err *e)
{
    if (!app->args.locality)
        return gb_fail(e, GB_E_USAGE, "thiếu --locality: tên thư mục trong %s/localities/, hoặc đường dẫn tới thư mục địa phương",
                       app->args.reports);
    app->has_catalogue = true; /* to be released also when loading fails */
    enum gb_code code = gb_catalogue_load(&app->catalogue, app->args.reports, app->args.locality, &app->notes, e);
    if (code == GB_OK)
        gb_catalogue_on(&app->catalogue, gb_app_date(app)); /* a report of a March day has the names of March */
    return code;
}

void gb_app_hash_templates(const struct gb_app *app, struct gb_sha256_state *s)
{
    const char *text[] = { app->templates.page_html, app->templates.style_css, app->templates.briefing_html };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        if (text[i])
            gb_sha256_update(s, text[i], strlen(text[i]) + 1);
}

static struct gb_sha256 digest_all(const struct gb_app *app)
{
    struct gb_sha256_state s;
    gb_sha256_init(&s);
    gb_sha256_update(&s, app->catalogue.digest.b, sizeof app->catalogue.digest.b);
    gb_sha256_update(&s, app->sources.digest.b, sizeof app->sources.digest.b);
    gb_app_hash_templates(app, &s);
    return gb_sha256_final(&s);
}

enum gb_code gb_app_definitions(struct gb_app *app, struct gb_err *e)
{
    enum gb_code code = gb_app_catalogue(app, e);
    if (code == GB_OK)
        code = gb_script_load(&app->sources, &app->arena, app->args.reports, e);
    if (code == GB_OK)
        code = gb_templates_load(&app->templates, &app->arena, app->args.templates, e);
    if (code == GB_OK)
        code = gb_fonts_warm(e);
    if (code == GB_OK) {
        gb_pdf_warm();
        code = gb_cage_warm(&app->cage, app->args.no_landlock, e);
    }
    if (code == GB_OK)
        app->definitions = digest_all(app);
    return code;
}
