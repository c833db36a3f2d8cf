/* test_evaluation_task_flow.c — a task's status from the delivered file to its state: who may deliver, what is refused, the note that goes
 * along, corrections and late arrivals by vintage, and that a task is no place. */
#include "cube_fixture.h"
#include "base/file.h"
#include "evaluation/rollup.h"
#include "evaluation/task.h"
#include "intake/intake.h"
#include <unistd.h>

static struct gb_catalogue cat;
static char dir[64], db[96];
#define H "indicator,region,period,value,status,note\n"

static int start(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    strcpy(dir, "/tmp/gb-task-XXXXXX");
    if (!mkdtemp(dir)) return 1;
    snprintf(db, sizeof db, "%s/store.db", dir);
    return gb_catalogue_load(&cat, "reports", "thanh-hoa", NULL, &e) != GB_OK;
}
static int stop(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    gb_catalogue_release(&cat);
    return gb_remove_tree(dir, &e) != GB_OK;
}

static struct gb_intake read_file(const char *name, const char *text, const char *meta)
{
    struct gb_intake r;
    struct gb_intake_options opt = { .today = { 2026, 11, 22 }, .received_utc = 1795300000 };
    struct gb_err e = { 0 };
    assert_int_equal(gb_intake_read(&r, &cat, name, text, strlen(text), meta, meta ? strlen(meta) : 0, &opt, &e), GB_OK);
    return r;
}

/* A refusal with this code on this line; NULL: accepted. */
static void expect(const char *name, const char *text, const char *code, int64_t line)
{
    struct gb_intake r = read_file(name, text, NULL);
    if (!code) {
        if (!r.accepted) fail_msg("%s is refused: %s", name, r.n_findings ? r.finding[0].code : "?");
    } else if (r.accepted || r.n_findings == 0 || strcmp(r.finding[0].code, code) != 0 || r.finding[0].line != line)
        fail_msg("%s: accepted=%d %s line %lld, want %s", name, r.accepted, r.n_findings ? r.finding[0].code : "-", r.n_findings ? (long long)r.finding[0].line : 0, code);
    gb_intake_release(&r);
}

static void who_may_deliver(void **state)
{
    (void)state;
    expect("so-y-te_1.csv", H "task.progress,B.I.5,2026-07-20,60,,\n", NULL, 0);                   /* its lead */
    expect("van-phong-ubnd_1.csv", H "task.progress,B.I.5,2026-07-20,60,,\n", NULL, 0);            /* the office, for any */
    expect("van-phong-ubnd_2.csv", H "task.progress,A.I.3,2026-07-20,60,,\n", NULL, 0);            /* and for those of no single lead */
    expect("so-tai-chinh_1.csv", H "task.progress,A.I.4,2026-07-20,60,,\n", NULL, 0);              /* first of two leads */
    expect("so-khoa-hoc-cong-nghe_1.csv", H "task.progress,A.I.4,2026-07-20,60,,\n", NULL, 0);     /* second of two */
    expect("so-y-te_2.csv", H "task.progress,B.I.4,2026-07-20,60,,\n", "RF-ownership", 2);         /* another's task */
    expect("so-y-te_3.csv", H "task.progress,A.I.3,2026-07-20,60,,\n", "RF-ownership", 2);         /* nobody's in particular */
    expect("so-y-te_4.csv", H "task.progress,B.I.5,2026-07-20,60,,\ntask.progress,B.I.55,2026-07-20,60,,\n", "RR-unknown", 3);
    expect("so-y-te_5.csv", H "task.progress,14797,2026-07-20,60,,\n", "RR-unknown", 2);           /* a place is no task */
    expect("so-y-te_6.csv", H "ep.dengue,B.I.5,2026-W40,6,,\n", "RR-unknown", 2);                  /* and a task no place */
    expect("so-y-te_7.csv", H "task.progress,B.I.5,2026-07-20,101,,\n", "RR-range", 2);
    expect("so-y-te_8.csv", H "task.progress,B.I.5,2026-07-20,-1,,\n", "RR-range", 2);
    expect("so-y-te_9.csv", H "task.progress,B.I.5,2026-07,60,,\n", "RR-frequency", 2);
}

static void deliver(const char *name, const char *as_of, int seq, const char *rows)
{
    struct gb_store *st = NULL;
    char meta[200], text[600];
    snprintf(meta, sizeof meta, "{\"agency\":\"so-y-te\",\"as_of\":\"%s\",\"seq\":%d}", as_of, seq);
    snprintf(text, sizeof text, H "%s", rows);
    struct gb_intake r = read_file(name, text, meta);
    assert_true(r.accepted);
    FX_OK(gb_store_open(&st, db, false, &e));
    FX_OK(gb_store_append(st, &r.delivery, r.segment, r.n_segments, &e));
    gb_store_close(st);
    gb_intake_release(&r);
}

/* State of B.I.5 (July 2026) in a vintage on 22/11/2026, after the cube went over the pipe as it does at night. */
static void state_in(int64_t vintage, enum gb_task_state want, const char *note)
{
    struct gb_cube cube, got;
    struct gb_store *st = NULL;
    struct gb_evaluation ev;
    struct gb_task_eval out;
    uint64_t orphans;
    gb_cube_init(&cube, &cat);
    FX_OK(gb_store_open(&st, db, true, &e));
    FX_OK(gb_cube_load(&cube, st, vintage, &orphans, &e));
    gb_store_close(st);
    assert_int_equal(orphans, 0);
    FX_OK(gb_rollup_take(&cube, &e));
    FILE *t = tmpfile();
    gb_cube_init(&got, &cat);
    for (int part = 0; part < GB_N_PARTS; part++) FX_OK(gb_cube_write_part(&cube, part, fileno(t), &e));
    assert_int_equal(lseek(fileno(t), 0, SEEK_SET), 0);
    for (int part = 0; part < GB_N_PARTS; part++) {
        FX_OK(gb_cube_read_part(&got, part, fileno(t), &e));
        if (part == GB_PART_PUBLIC) assert_int_equal(got.n_series, 0); /* of class front: the public holds nothing of it */
    }
    fclose(t);
    gb_evaluation_init(&ev, &got, fx_date("2026-11-22"));
    FX_OK(gb_evaluation_run(&ev, &e));
    assert_true(gb_task_any_status(&ev));
    int task = gb_task_key_find(&cat, "B.I.5") - cat.n_regions;
    gb_task_evaluate(&ev, task, &ev.arena, &out);
    if (out.state != want) fail_msg("vintage %lld: %s, want %s", (long long)vintage, gb_task_state_word(out.state), gb_task_state_word(want));
    assert_string_equal(out.note, note);
    gb_evaluation_release(&ev);
    gb_cube_release(&got);
    gb_cube_release(&cube);
}

static void vintages(void **state)
{
    (void)state;
    deliver("so-y-te_a.csv", "2026-08-02", 1, "task.progress,B.I.5,2026-08-02,70,,Đang lấy ý kiến\n");
    deliver("so-y-te_b.csv", "2026-09-10", 1, "task.progress,B.I.5,2026-07-28,100,,Quyết định số 12\ntask.progress,B.I.5,2026-08-02,100,,Sửa báo cáo ngày 02/8\n");
    deliver("so-y-te_c.csv", "2026-10-01", 1, "task.progress,B.I.5,2026-10-01,90,,Phải làm lại phần dữ liệu\n");
    deliver("so-y-te_d.csv", "2026-10-05", 1, "task.progress,B.I.5,2026-10-01,,M,\n");
    state_in(1, GB_TASK_LATE, "Đang lấy ý kiến");
    state_in(2, GB_TASK_DONE, "Sửa báo cáo ngày 02/8"); /* a late report of a July day: on time after all */
    state_in(3, GB_TASK_LATE, "Phải làm lại phần dữ liệu"); /* taken back */
    state_in(4, GB_TASK_DONE, "Sửa báo cáo ngày 02/8"); /* the taking back was itself withdrawn */
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(who_may_deliver), cmocka_unit_test(vintages) };
    return cmocka_run_group_tests(tests, start, stop);
}
