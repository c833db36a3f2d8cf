/* main.c — the door: finds the command, arms fault points, turns an error into one line and an exit status.
 *
 * The environment is looked at here and nowhere else, and only for GB_FAULT, which tests use. */
#define _GNU_SOURCE
#include "app/app.h"
#include "base/fault.h"
#include "base/file.h"
#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* reports/ and templates/ when not given: beside the build folder of the program, then here, then where `make install` puts them. */
static const char *data_folder(struct gb_arena *a, const char *name)
{
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n > 0) {
        static const char *const beside[] = { "../%s", "../../%s",
                                              "../share/giaoban/%s" }; /* build/giaoban, build/release/giaoban, bin/giaoban */
        exe[n] = '\0';
        char *slash = strrchr(exe, '/');
        *slash = '\0';
        for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
            char *rel = gb_sprintf(a, "%.*s%s", (int)(strlen(beside[i]) - 2), beside[i], name);
            char *path = gb_path_join(a, exe, rel), *real = realpath(path, NULL);
            const char *found = real && gb_dir_exists(real) ? gb_strdup(a, real) : NULL;
            free(real);
            if (found)
                return found;
        }
    }
    return name;
}

static int run(const struct gb_command *c, int argc, char **argv, struct gb_err *e)
{
    static struct gb_app app; /* large; one a process */
    int status = 0;

    gb_arena_init(&app.arena, 0);
    app.log = (struct gb_log){ .out = stderr, .min = GB_INFO };
    if (gb_options_parse(c, argc, argv, &app.arena, &app.args, e) != GB_OK) {
        char line[GB_ERR_TEXT];
        fprintf(stderr, "giaoban: %s\n", gb_err_line(e, line, sizeof line));
        gb_arena_release(&app.arena);
        return gb_exit_of(e->code);
    }
    if (app.args.help) {
        gb_options_help(c, stdout);
        gb_arena_release(&app.arena);
        return 0;
    }
    app.log.json = app.args.log_format && strcmp(app.args.log_format, "json") == 0;
    app.terminal = !app.log.json && isatty(2) == 1;
    if (!app.args.reports)
        app.args.reports = data_folder(&app.arena, "reports");
    if (!app.args.templates)
        app.args.templates = data_folder(&app.arena, "templates");
    if (!app.args.out)
        app.args.out = "out";
    if (!app.args.keep)
        app.args.keep = 7;
    if (!app.args.deadline_s)
        app.args.deadline_s = 30;
    status = c->run(&app, e);
    if (e->code != GB_OK)
        status = gb_exit_of(e->code);
    if (e->code != GB_OK) {
        char line[GB_ERR_TEXT];
        gb_log_line(&app.log, GB_ERROR, c->name, "%s", gb_err_line(e, line, sizeof line));
    }
    gb_cage_release(&app.cage);
    if (app.has_catalogue)
        gb_catalogue_release(&app.catalogue);
    gb_arena_release(&app.arena);
    return status;
}

int main(int argc, char **argv)
{
    struct gb_err e = { 0 };
    int status = 64;

    (void)umask(022); /* what is published must not depend on who runs it (F14) */
    (void)signal(SIGPIPE, SIG_IGN);
    /* A fixed threshold: by default the first free of a large block raises it, and from then on every arena block is cleared by hand
     * on pages that a fork shares. */
    (void)mallopt(M_MMAP_THRESHOLD, 256 << 10);
    (void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
    /* Nothing here asks for the zone of the machine. A library that does (libzip, for the times in an archive) gets UTC, and does not
     * look for /etc/localtime from inside a worker's walls. */
    (void)setenv("TZ", "UTC0", 1);
    tzset();
    gb_fault_arm(getenv("GB_FAULT"));
    if (argc < 2) {
        gb_usage(stderr);
        return 64;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        gb_usage(stdout);
        return fflush(stdout) == 0 ? 0 : 74;
    }
    const char *name = strcmp(argv[1], "--version") == 0 ? "version" : argv[1];
    for (int i = 0; i < gb_n_commands; i++)
        if (strcmp(gb_commands[i].name, name) == 0) {
            status = run(&gb_commands[i], argc - 2, argv + 2, &e);
            if (fflush(stdout) != 0 && status == 0)
                status = 74;
            return status;
        }
    fprintf(stderr, "giaoban: không có lệnh \"%s\"\n\n", argv[1]);
    gb_usage(stderr);
    return 64;
}
