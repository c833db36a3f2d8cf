/* app/sample.h — made-up deliveries, clearly marked, so that everything can be seen at work before any agency delivers.
 *
 * Figures are drawn around the catalogue's typical values (DOMAIN.md section 0); nothing is copied from anywhere. Marked three
 * times: the title begins with "SỐ LIỆU MẪU", the side file says "sample": true, and the file names are the agencies' own, so that
 * a real delivery for the same day is a visible conflict. Same catalogue, dates and seed: same bytes, on every machine.
 */
#ifndef GB_APP_SAMPLE_H
#define GB_APP_SAMPLE_H
#include "catalogue/catalogue.h"

/** Write what departments would have sent, each file with its `.meta.json`, and `sai/`, a folder of files that are wrong on purpose.
 *
 * One file an agency and month for the past (CSV); from the first day of the month before `to` one file an agency and day, in the form
 * that agency keeps to: CSV, a long workbook, or wide workbooks (regions down, indicators across); hours go across in a workbook of their
 * own; some come one to three days late. DIR/sai/SAI-CO-Y.csv lists what is wrong in which file and what intake must answer.
 * Delivered is what ends in [from, to]; a month or quarter still running only as an estimate (status E) of cumulative indicators.
 * sum, mean, max, min, last and weighted means of commune level: communes only, so that the roll-up is exercised (daily ones: the
 * last 31 days by commune, before that the province); ratios: numerator, denominator and the communes' ratio, never the province's;
 * hourly ones: the last three days, points and province. Stories that a demonstration needs: high water, slow disbursement,
 * rising dengue, an agency that fell silent two months ago, missing and revised values.
 * @param dir  is made if need be; no file in it is replaced
 * @param with_errors  the files of sai/ also into dir, where a night reads them
 * @return GB_E_USAGE if from > to, the span is over 40 years or nothing falls into it; GB_E_IO. */
GB_MUST_USE enum gb_code gb_sample_write(const struct gb_catalogue *c, struct gb_date from, struct gb_date to, const char *dir,
                                         uint64_t seed, bool with_errors, struct gb_err *e);

/** Write a whole made-up locality for measuring: locality.lua, regions.csv, agencies.csv, catalogue/ and deliveries/ (20 agencies,
 * one file each). n_indicators x n_regions x n_months observations exactly: one province and n_regions - 1 communes, months up to
 * 2026-10. GB_E_USAGE outside 1..5000, 2..20000, 1..600, or beyond a million rows an agency (the limit of intake). */
GB_MUST_USE enum gb_code gb_sample_bench(const char *dir, int n_indicators, int n_regions, int n_months, uint64_t seed,
                                         struct gb_err *e);
#endif
