/* figure.c — who draws what. Layout and renderers need not know that a map is drawn from the catalogue and a chart is not. */
#include "map/figure.h"

#include "map/map.h"

double gb_figure_height_pt(const struct gb_chart *spec, const struct gb_catalogue *c, double width_pt,
                           const struct gb_chart_style *st)
{
    return spec->kind == GB_CHART_MAP ? gb_map_height_pt(spec, c, width_pt, st) : gb_chart_height_pt(spec, width_pt, st);
}

void gb_figure_draw(const struct gb_chart *spec, const struct gb_catalogue *c, struct gb_canvas *cv, struct gb_rect r,
                    const struct gb_chart_style *st, struct gb_arena *a)
{
    if (spec->kind == GB_CHART_MAP)
        gb_map_draw(spec, c, cv, r, st, a);
    else
        gb_chart_draw(spec, cv, r, st, a);
}
