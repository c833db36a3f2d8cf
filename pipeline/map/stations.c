/* stations.c — marks of stations, projects and sites. Those that would lie on each other become one mark with their number and the
 * state of the worst, at their mean position; a letter beside it leads to the row below the map that names them. The same letters
 * serve a station that is spoken about and whose name found no room. Marks are merged one pair at a time, the first that overlaps in
 * the order of the spec, until none does: the same data make the same groups. A map of circles of so many kilometres keeps every
 * mark where it is, since its centre is what the circle is about.
 */
#include "map/map_plan.h"

enum { NAMED = 6, ROW_LINES = 3 };

static double mark_radius(const struct gb_map_plan *p)
{
    return p->k.base * 0.42;
}
static double letters(const struct gb_map_plan *p)
{
    return p->k.base * 0.92;
}

static void set_box(struct gb_map_plan *p, struct gb_mark *m)
{
    double r = mark_radius(p), w = r * 2, h = r * 2;
    m->count = NULL;
    if (m->n > 1) {
        m->count = gb_sprintf(p->k.a, "%d", m->n);
        w = r * 3.6 + gb_ink_width(&p->k, GB_SANS_BOLD, letters(p), m->count);
        h = r * 3;
    }
    m->box = (struct gb_rect){ m->at.x - w / 2, m->at.y - h / 2, w, h };
}

static bool overlap(const struct gb_rect *a, const struct gb_rect *b)
{
    return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

/* By state the higher class is the worse one; by value it depends on what is good, and without that the highest is shown. */
static int worse_class(const struct gb_map_plan *p, int a, int b)
{
    bool low = !p->classes.by_state && p->k.spec->direction == GB_UP_GOOD;
    if (a < 0 || b < 0)
        return a < 0 ? b : a;
    return low == (a < b) ? a : b;
}

static void merge(struct gb_map_plan *p, int a, int b)
{
    struct gb_mark *to = &p->mark[a], *from = &p->mark[b];
    int n = to->n + from->n, last = to->first;
    to->at.x = (to->at.x * to->n + from->at.x * from->n) / n;
    to->at.y = (to->at.y * to->n + from->at.y * from->n) / n;
    to->n = n;
    to->class_i = worse_class(p, to->class_i, from->class_i);
    while (p->next[last] >= 0)
        last = p->next[last];
    p->next[last] = from->first;
    set_box(p, to);
    memmove(from, from + 1, (size_t)(p->n_marks - b - 1) * sizeof *from);
    p->n_marks--;
}

static bool merge_one(struct gb_map_plan *p)
{
    for (int a = 0; a < p->n_marks; a++)
        for (int b = a + 1; b < p->n_marks; b++)
            if (overlap(&p->mark[a].box, &p->mark[b].box) &&
                gb_plan_view_at(p, p->mark[a].at, NULL) == gb_plan_view_at(p, p->mark[b].at, NULL)) {
                merge(p, a, b);
                return true;
            }
    return false;
}

/* Worst last, so that it lies on top where marks stay on each other. */
static void sort_marks(struct gb_map_plan *p)
{
    for (int i = 1; i < p->n_marks; i++) /* insertion: stable, and there are a few hundred at most */
        for (int j = i; j && p->mark[j].class_i < p->mark[j - 1].class_i; j--) {
            struct gb_mark t = p->mark[j];
            p->mark[j] = p->mark[j - 1];
            p->mark[j - 1] = t;
        }
}

void gb_marks_place(struct gb_map_plan *p)
{
    p->mark = GB_NEW_N(p->k.a, (size_t)p->n_stations, struct gb_mark);
    p->next = GB_NEW_N(p->k.a, p->s->n, int);
    p->n_marks = p->n_stations;
    for (size_t i = 0; i < p->s->n; i++)
        p->next[i] = -1;
    for (int i = 0; i < p->n_stations; i++) {
        p->mark[i] = (struct gb_mark){
            .at = p->station[i], .first = p->station_point[i], .n = 1, .class_i = gb_plan_class(p, p->station_point[i])
        };
        set_box(p, &p->mark[i]);
    }
    if (p->k.spec->radius_km > 0)
        sort_marks(p);
    else
        while (merge_one(p)) {
        }
    for (int i = 0; i < p->n_marks; i++) /* a group at the edge moves in */
        if (p->mark[i].n > 1) {
            struct gb_mark *m = &p->mark[i];
            struct gb_rect in;
            gb_plan_view_at(p, m->at, &in);
            double rim = p->k.base * 0.1, lo = in.x + rim, hi = in.x + in.w - rim - m->box.w;
            double x = m->box.x < lo ? lo : m->box.x > hi ? hi : m->box.x;
            m->at.x += x - m->box.x;
            m->box.x = x;
        }
    for (int i = 0; i < p->n_marks; i++)
        gb_box_add(&p->k, p->mark[i].box);
}

static void draw_dot(struct gb_map_plan *p, int class_i, struct gb_point at, double r)
{
    struct gb_canvas *cv = p->k.cv;
    struct gb_path path;
    struct gb_pen rim = { gb_ink, p->k.base * 0.08, { 0 }, 0, false };
    enum gb_state state = class_i < 0 ? GB_NO_DATA : p->classes.class[class_i].state;
    gb_path_init(&path, p->k.a);
    gb_path_circle(&path, at.x, at.y, state == GB_STATE_NONE ? r : r * 1.3); /* a white ground lifts the mark off the map */
    gb_canvas_fill(cv, &path, state == GB_STATE_NONE ? p->classes.class[class_i].color : gb_ground);
    if (state == GB_STATE_NONE)
        gb_canvas_stroke(cv, &path, &rim);
    else
        gb_state_mark(cv, state, at.x, at.y, r, p->k.a);
}

static void draw_group(struct gb_map_plan *p, const struct gb_mark *m)
{
    double r = mark_radius(p);
    struct gb_pen rim = { gb_ink, p->k.base * 0.08, { 0 }, 0, false };
    struct gb_path path;
    gb_path_init(&path, p->k.a);
    gb_path_rect(&path, m->box);
    gb_canvas_fill(p->k.cv, &path, gb_ground);
    gb_canvas_stroke(p->k.cv, &path, &rim);
    draw_dot(p, m->class_i, (struct gb_point){ m->box.x + r * 1.5, m->at.y }, r);
    gb_ink_text(&p->k, GB_SANS_BOLD, letters(p), gb_ink, GB_START, m->box.x + r * 3, m->at.y + letters(p) * 0.35, m->count);
}

void gb_marks_draw(struct gb_map_plan *p)
{
    for (int i = 0; i < p->n_marks; i++)
        if (p->mark[i].n > 1)
            draw_group(p, &p->mark[i]);
        else
            draw_dot(p, p->mark[i].class_i, p->mark[i].at, mark_radius(p));
}

/* ---- letters and rows ------------------------------------------------------------------------------------------------- */
static bool is_labelled(const struct gb_map_plan *p, int point_i)
{
    for (int i = 0; i < p->n_labels; i++)
        if (p->label_point[i] == point_i)
            return p->label[i].box.w > 0;
    return false;
}

/* Some of its points cannot be read off the map: of a group any, of one alone only when it is spoken about. */
static bool needs_key(const struct gb_map_plan *p, const struct gb_mark *m)
{
    for (int i = m->first; i >= 0; i = p->next[i])
        if (!is_labelled(p, i) && (m->n > 1 || p->s->point[i].highlight))
            return true;
    return false;
}

static void add_row(struct gb_map_plan *p, const char *text, double width)
{
    const char *line[ROW_LINES];
    int n = gb_ink_wrap(&p->k, GB_SANS, letters(p), text, width, ROW_LINES, line);
    for (int i = 0; i < n && p->n_rows < GB_MAX_ROWS; i++)
        p->row[p->n_rows++] = line[i];
}

/* "A: Trạm X 12,3; Trạm Y 8,0 và 3 điểm khác" in the order of the spec, worst first. */
static const char *row_text(struct gb_map_plan *p, const struct gb_mark *m, const char *key)
{
    const char *all = gb_sprintf(p->k.a, m->n > 1 ? "%s (%d điểm): " : "%s: ", key, m->n);
    int named = 0, at = -1;
    while (named < NAMED && named < m->n) {
        int least = -1;
        for (int i = m->first; i >= 0; i = p->next[i])
            if (i > at && (least < 0 || i < least))
                least = i;
        at = least;
        const struct gb_chart_point *pt = &p->s->point[at];
        const char *value = gb_is_number(&pt->y) ? gb_ink_value(&p->k, &pt->y, false) : gb_state_vi(GB_NO_DATA);
        all = gb_sprintf(p->k.a, "%s%s%s %s", all, named++ ? "; " : "", pt->label ? pt->label : "", value);
    }
    return m->n > NAMED ? gb_sprintf(p->k.a, "%s và %d điểm khác", all, m->n - NAMED) : all;
}

static const char *what_a_group_is(const struct gb_map_plan *p)
{
    if (p->classes.by_state)
        return "Ô có số: số điểm ở gần nhau, ký hiệu theo điểm có cấp độ xấu nhất.";
    return p->k.spec->direction == GB_UP_GOOD ? "Ô có số: số điểm ở gần nhau, màu theo điểm có giá trị thấp nhất."
                                              : "Ô có số: số điểm ở gần nhau, màu theo điểm có giá trị cao nhất.";
}

void gb_keys_place(struct gb_map_plan *p, double width)
{
    const struct gb_mark *of[GB_MAX_KEYS];
    int left = 0, groups = 0;
    for (int i = 0; i < p->n_marks; i++) {
        const struct gb_mark *m = &p->mark[i];
        groups += m->n > 1;
        if (!p->n_stations || !needs_key(p, m))
            continue;
        if (p->n_keys == GB_MAX_KEYS) {
            left++;
            continue;
        }
        of[p->n_keys] = m;
        p->key[p->n_keys] = (struct gb_label){ .value = gb_sprintf(p->k.a, "%c", 'A' + p->n_keys),
                                               .shape_i = -1,
                                               .at = m->at,
                                               .mark = m->n > 1 ? m->box : (struct gb_rect){ 0 },
                                               .keep_clear = (m->box.w < m->box.h ? m->box.w : m->box.h) / 2 };
        p->n_keys++;
    }
    if (p->n_keys)
        gb_plan_labels(p, p->key, p->n_keys);
    if (groups)
        add_row(p, what_a_group_is(p), width);
    for (int i = 0; i < p->n_keys; i++) /* without room for its letter: named all the same */
        add_row(p, row_text(p, of[i], p->key[i].box.w > 0 ? p->key[i].value : "Không ghi được chữ cái"), width);
    if (left)
        add_row(p, gb_sprintf(p->k.a, "Còn %d nơi có nhiều điểm gần nhau hoặc chưa ghi được tên, không liệt kê ở đây.", left),
                width);
}
