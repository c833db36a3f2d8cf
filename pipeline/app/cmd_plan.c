/* cmd_plan.c — `giaoban plan`: what a night would make, one JSON object a line, in the order of the plan. With --table: the
 * scenarios and groups of all localities as one table (plan_table.c). */
#include "app/plan.h"
#include "app/prep.h"

int gb_cmd_plan(struct gb_app *app, struct gb_err *e)
{
    struct gb_zygote prep = { .fd = -1 };
    struct gb_plan plan;
    struct gb_buf out = { 0 };

    if (app->args.table)
        return gb_plan_table(app, e) == GB_OK ? 0 : gb_exit_of(e->code);
    if (gb_app_definitions(app, e) != GB_OK || gb_prep_start(&prep, app, gb_app_date(app), e) != GB_OK)
        return 0;
    gb_plan_heads(&plan, app, &prep);
    gb_zygote_stop(&prep);
    const struct gb_head *broken = gb_plan_broken(&plan);
    if (broken)
        return gb_exit_of(gb_fail(e, GB_E_CONFIG, "định nghĩa %s sai: %s", broken->path, broken->why));
    gb_plan_build(&plan, app, gb_app_date(app));
    for (size_t i = 0; i < plan.n; i++)
        gb_plan_json(&plan, app, &plan.job[i], &out);
    if (out.n)
        fwrite(out.p, 1, out.n, stdout);
    gb_buf_release(&out);
    return 0;
}
