/* state.c — what state.json says beside the phases (render/json_state.c writes it): whether each scenario's own trigger convenes a meeting
 * tonight, the path of its CAP message, and when its next report is due. These come from definitions, which only app runs. */
#include "app/work.h"

static const struct gb_head *head_of(const struct gb_plan *p, const struct gb_scenario *k)
{
    for (size_t i = 0; k->script && i < p->n_heads; i++)
        if (p->head[i].ok && p->head[i].meta.kind == GB_SCRIPT_SCENARIO && gb_streq(p->head[i].meta.code, k->code))
            return &p->head[i];
    return NULL;
}

/* The sentence of the definition's own trigger, none when it convenes nobody; a definition that fails is told as such, not as calm. */
static void convened(struct gb_scenario_line *x, const struct gb_worker_ctx *ctx, const struct gb_head *h, struct gb_arena *a)
{
    struct gb_err e = { 0 };
    struct gb_script_job job = { .sources = &ctx->app->sources,
                                 .ev = ctx->ev,
                                 .path = h ? h->path : NULL,
                                 .audience = GB_LEADERSHIP,
                                 .level = "ad-hoc",
                                 .indicator_i = -1,
                                 .region_i = -1,
                                 .sample = ctx->sample };
    x->convened_unknown = h && gb_script_trigger(&job, a, &x->convened, &e) != GB_OK;
    if (x->convened_unknown)
        x->convened = NULL;
}

static const char *cap_path(const struct gb_worker_ctx *ctx, const struct gb_head *h, struct gb_arena *a)
{
    struct gb_err e = { 0 };
    struct gb_cap cap;
    struct gb_script_job job = { .sources = &ctx->app->sources,
                                 .ev = ctx->ev,
                                 .path = h ? h->path : NULL,
                                 .audience = GB_LEADERSHIP,
                                 .indicator_i = -1,
                                 .region_i = -1,
                                 .sample = ctx->sample };
    bool message = h && h->meta.cap && gb_script_cap(&job, a, &cap, &e) == GB_OK && gb_cap_kind_of(ctx->ev, &cap) != GB_CAP_NONE;
    return message ? gb_sprintf(a, "cap/%s.xml", h->meta.code) : NULL;
}

static void next_report(struct gb_scenario_line *x, const struct gb_head *h, struct gb_date date)
{
    for (int k = 1; h && k <= 31; k++) {
        struct gb_date d = gb_date_from_days(gb_date_to_days(date) + k);
        if (!gb_rhythm_due(h->meta.rhythm, d))
            continue;
        x->has_next = true;
        x->next_report = d;
        return;
    }
}

void gb_state_json(const struct gb_worker_ctx *ctx, struct gb_buf *out)
{
    const struct gb_catalogue *c = ctx->ev->catalogue;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_scenario_line *x = GB_NEW_N(&a, (size_t)c->n_scenarios + 1, struct gb_scenario_line);
    for (int k = 0; k < c->n_scenarios; k++) {
        const struct gb_head *h = head_of(ctx->plan, &c->scenario[k]);
        x[k] = (struct gb_scenario_line){ .cap = cap_path(ctx, h, &a) };
        convened(&x[k], ctx, h, &a);
        next_report(&x[k], h, ctx->ev->date);
    }
    gb_scenarios_json(ctx->ev, &ctx->edition, x, out);
    gb_arena_release(&a);
}
