/* progress.c — see progress.h. Times shown here never get into an edition. */
#include "app/progress.h"
#include "app/clock.h"

void gb_progress_begin(struct gb_progress *p, struct gb_log *log, bool terminal, const char *stage, size_t n)
{
    *p = (struct gb_progress){ .log = log, .terminal = terminal, .stage = stage, .n = n, .start_ms = gb_clock_mono_ms() };
}

void gb_progress_at(struct gb_progress *p, size_t at)
{
    uint64_t now = gb_clock_mono_ms();
    p->at = at;
    if (!p->terminal || p->n == 0 || (at < p->n && now - p->drawn_ms < 100))
        return;
    p->drawn_ms = now;
    int full = (int)(at * 30 / p->n);
    uint64_t spent = now - p->start_ms, left_s = at ? (spent * (p->n - at) / at + 999) / 1000 : 0;
    fprintf(p->log->out, "\r\033[K%-14s ", p->stage);
    for (int i = 0; i < 30; i++)
        fputs(i < full ? "█" : "░", p->log->out);
    fprintf(p->log->out, " %zu/%zu, còn %llu giây", at, p->n, (unsigned long long)left_s);
    fflush(p->log->out);
}

void gb_progress_end(struct gb_progress *p)
{
    if (p->terminal && p->n)
        fputs("\r\033[K", p->log->out);
    uint64_t ms = gb_clock_mono_ms() - p->start_ms;
    gb_log_line(p->log, GB_INFO, p->stage, "%zu/%zu, %llu,%03llu giây", p->at, p->n, (unsigned long long)(ms / 1000),
                (unsigned long long)(ms % 1000));
}
