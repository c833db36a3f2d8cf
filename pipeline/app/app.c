/* app.c — small facts that every command asks for: limits, build, exit statuses, number of workers, date, places. */
#define _GNU_SOURCE
#include "app/app.h"
#include "app/clock.h"
#include "base/file.h"
#include "gb_build_id.h"
#include <sched.h>
#include <unistd.h>

#define STORE_WAIT_S 60 /* a night's deliveries are in by then; who still waits is told to come again */

const struct gb_cage_limits gb_limits[GB_N_BOXES] = {
    [GB_BOX_PURE] = { .cpu_seconds = 10, .more_memory_mib = 512, .file_mib = 64 },
    [GB_BOX_TMPDIR] = { .cpu_seconds = 60,
                        .more_memory_mib = 1024,
                        .file_mib = 256 }, /* a sector's workbook may have a million cells */
};

const char *gb_build_id(void)
{
    return GB_BUILD_ID;
}

int gb_exit_of(enum gb_code code)
{
    switch (code) {
    case GB_OK: return 0;
    case GB_E_USAGE: return 64;
    case GB_E_INPUT: return 65;
    /* 10 says "published, with findings", which no error can know: only the summary of a night gives it. What a definition does
     * wrong or spends too much of is, as the status of a whole command, a broken definition. */
    case GB_E_REPORT:
    case GB_E_LIMIT:
    case GB_E_CONFIG: return 78;
    case GB_E_IO: return 74;
    case GB_E_BUSY: return 75;
    case GB_E_BUG: return 70;
    }
    gb_bug("code");
}

int gb_app_jobs(const struct gb_app *app)
{
    cpu_set_t set;
    if (app->args.jobs)
        return (int)app->args.jobs;
    CPU_ZERO(&set);
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n > GB_MAX_JOBS ? GB_MAX_JOBS : n < 1 ? 1 : n;
}

struct gb_date gb_app_date(const struct gb_app *app)
{
    return app->args.date.year ? app->args.date : gb_clock_today();
}

const char *gb_app_store(struct gb_app *app)
{
    return app->args.store ? app->args.store : gb_sprintf(&app->arena, "store/%s.db", app->catalogue.locality.slug);
}

enum gb_code gb_app_lock_store(struct gb_app *app, struct gb_lock *l, struct gb_err *e)
{
    const char *store = gb_app_store(app), *base = gb_path_base(store);
    const char *path = gb_sprintf(&app->arena, "%s.lock", store);
    struct gb_err first = { 0 };
    enum gb_code code = GB_OK;

    l->fd = -1;
    if (base != store && (code = gb_mkdirs(gb_strndup(&app->arena, store, (size_t)(base - store)), e)) != GB_OK)
        return code;
    if ((code = gb_lock_file(l, path, 0, &first)) != GB_E_BUSY) {
        if (code != GB_OK)
            *e = first;
        return code;
    }
    gb_log_line(&app->log, GB_INFO, "kho", "tiến trình khác đang ghi %s: chờ tối đa %d giây", store, STORE_WAIT_S);
    return gb_lock_file(l, path, STORE_WAIT_S * 1000, e);
}

const char *gb_tmp_parent(struct gb_app *app)
{
    (void)app;
    return access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
}
