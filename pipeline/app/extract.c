/* extract.c — see extract.h. What the child has to say besides the figures goes into a memfd: a count, then the text of an error. */
#define _GNU_SOURCE
#include "app/extract.h"
#include "app/hidden.h"
#include "app/pool_int.h"
#include "evaluation/rollup.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static enum gb_code extract(struct gb_app *app, const char *store_path, const struct gb_vintage *v, int max_part, bool rollup,
                            int fd, uint64_t *orphans, struct gb_err *e)
{
    struct gb_store *s = NULL;
    static struct gb_cube cube;
    enum gb_code code = gb_store_open(&s, store_path, true, e);

    gb_cube_init(&cube, &app->catalogue);
    if (code == GB_OK && v->until.year)
        gb_store_until(s, v->until);
    if (code == GB_OK)
        code = gb_cube_load(&cube, s, v->number, orphans, e);
    if (code == GB_OK && rollup)
        cube.date = gb_app_date(app), code = gb_rollup_take(&cube, e);
    if (code == GB_OK)
        code = gb_hidden_apply(&cube, rollup, s, gb_app_date(app), e);
    gb_store_close(s);
    for (int part = 0; code == GB_OK && part <= max_part; part++)
        code = gb_cube_write_part(&cube, part, fd, e);
    return code;
}

GB_NORETURN static void child(struct gb_app *app, const char *store_path, const struct gb_vintage *v, int max_part, bool rollup,
                              int fd, int err_fd, pid_t parent)
{
    struct gb_err e = { 0 };
    uint64_t orphans = 0;
    char line[GB_ERR_TEXT];
    int keep[2] = { fd < err_fd ? fd : err_fd, fd < err_fd ? err_fd : fd };

    gb_die_with_parent(parent);
    gb_close_others(keep, 2);
    enum gb_code code = extract(app, store_path, v, max_part, rollup, fd, &orphans, &e);
    (void)!pwrite(err_fd, &orphans, sizeof orphans, 0);
    if (code != GB_OK) {
        gb_err_line(&e, line, sizeof line);
        (void)!pwrite(err_fd, line, strlen(line), sizeof orphans);
    }
    _exit(code == GB_OK ? 0 : GB_EXIT_CODE + (int)code);
}

enum gb_code gb_extract_start(struct gb_extract *x, struct gb_app *app, const char *store_path, const struct gb_vintage *v,
                              int max_part, bool rollup, struct gb_err *e)
{
    int p[2];
    pid_t self = getpid();

    memset(x, 0, sizeof *x);
    x->fd = x->err_fd = -1;
    x->max_part = max_part;
    if (pipe2(p, O_CLOEXEC) != 0)
        return gb_fail_errno(e, GB_E_IO, errno, "không tạo được đường ống");
    x->err_fd = memfd_create("extract", MFD_CLOEXEC);
    fflush(NULL);
    x->pid = x->err_fd >= 0 ? fork() : -1;
    if (x->pid < 0) {
        close(p[0]);
        close(p[1]);
        return gb_fail_errno(e, GB_E_IO, errno, "không tạo được tiến trình đọc kho");
    }
    if (x->pid == 0)
        child(app, store_path, v, max_part, rollup, p[1], x->err_fd, self);
    close(p[1]);
    x->fd = p[0];
    return GB_OK;
}

enum gb_code gb_extract_part(struct gb_extract *x, struct gb_cube *cube, struct gb_evaluation *ev, int part, struct gb_err *e)
{
    enum gb_code code = gb_cube_read_part(cube, part, x->fd, e);
    if (code != GB_OK) {
        struct gb_err cause = { 0 };
        if (gb_extract_end(x, NULL, &cause) != GB_OK)
            *e = cause; /* the child knows why the stream ended */
        return e->code;
    }
    return ev ? gb_evaluation_run(ev, e) : GB_OK;
}

enum gb_code gb_extract_end(struct gb_extract *x, uint64_t *orphans, struct gb_err *e)
{
    char text[2048];
    int status = 0;
    enum gb_code code = GB_OK;

    if (x->fd >= 0)
        close(x->fd);
    x->fd = -1;
    if (x->pid > 0) {
        (void)waitpid(x->pid, &status, 0);
        x->pid = 0;
        int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 255;
        ssize_t n = pread(x->err_fd, text, sizeof text - 1, sizeof(uint64_t));
        text[n > 0 ? n : 0] = '\0';
        if (orphans && pread(x->err_fd, orphans, sizeof *orphans, 0) != (ssize_t)sizeof *orphans)
            *orphans = 0;
        if (exit_code > GB_EXIT_CODE && exit_code <= GB_EXIT_CODE + GB_E_BUG)
            code = gb_fail(e, (enum gb_code)(exit_code - GB_EXIT_CODE), "%s", text);
        else if (exit_code != 0)
            code = gb_fail(e, exit_code == 71 ? GB_E_IO : GB_E_BUG, "tiến trình đọc kho kết thúc bất thường (trạng thái %d)",
                           status);
    }
    if (x->err_fd >= 0)
        close(x->err_fd);
    x->err_fd = -1;
    return code;
}

enum gb_code gb_extract_all(struct gb_app *app, const char *store_path, const struct gb_vintage *v, int max_part, bool rollup,
                            struct gb_cube *cube, struct gb_evaluation *ev, uint64_t *orphans, struct gb_err *e)
{
    struct gb_extract x;
    enum gb_code code = gb_extract_start(&x, app, store_path, v, max_part, rollup, e);
    for (int part = 0; code == GB_OK && part <= max_part; part++)
        code = gb_extract_part(&x, cube, ev, part, e);
    cube->vintage = *v;
    if (code == GB_OK)
        code = gb_extract_end(&x, orphans, e);
    return code;
}
