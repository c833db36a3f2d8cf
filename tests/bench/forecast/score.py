#!/usr/bin/env python3
"""Mean absolute scaled error (Hyndman & Koehler 2006) and coverage of the intervals. Usage: score.py WHOLE NAME=FORECASTS ...

A forecasts line is: id method model, then for each step mean lo80 hi80 lo95 hi95. FORECASTS@METHOD takes the lines of one method."""
import collections, sys

HORIZONS = {"hourly": "all short: a day of hours, a week", "daily": "all short: a day of hours, a week", "monthly": "all medium: a year of months",
            "quarterly": "all long: 8 quarters, 4 years", "yearly": "all long: 8 quarters, 4 years"}


def read_series(path):
    out = {}
    for line in open(path):
        w = line.split()
        m, h, y = int(w[1]), int(w[2]), [None if v == "NA" else float(v) for v in w[3:]]
        past = y[:-h]
        steps = [abs(a - b) for a, b in zip(past[m:], past[:-m]) if a is not None and b is not None]
        if steps and sum(steps):
            out[w[0]] = (m, y[-h:], sum(steps) / len(steps))
    return out


def read_forecasts(spec):
    path, _, method = spec.partition("@")
    out = {}
    for line in open(path):
        w = line.split()
        if len(w) > 3 and "NA" not in w[3:] and (not method or w[1] == method):
            out[w[0]] = [float(x) for x in w[3:]]
    return out


def mase(series, v):
    _, y, scale = series
    return sum(abs(v[5 * k] - y[k]) for k in range(len(y))) / len(y) / scale


def main(whole, *named):
    series = read_series(whole)
    forecasts = {n: read_forecasts(s) for n, s in (x.split("=", 1) for x in named)}
    ids = [i for i in series if all(i in f and len(f[i]) == 5 * len(series[i][1]) for f in forecasts.values())]
    groups = collections.defaultdict(list)
    for i in ids:
        name, frequency = i.split("|")[:2]
        groups["all"].append(i)
        groups[HORIZONS[frequency]].append(i)
        groups[f"{name}, {frequency}"].append(i)
    print("| set | series | method | MASE mean | MASE median | inside 80 % | inside 95 % |\n|---|---|---|---|---|---|---|")
    for group in sorted(groups):
        for name, f in forecasts.items():
            errors, n, in80, in95 = [], 0, 0, 0
            for i in groups[group]:
                y, v = series[i][1], f[i]
                errors.append(mase(series[i], v))
                n += len(y)
                in80 += sum(v[5 * k + 1] <= y[k] <= v[5 * k + 2] for k in range(len(y)))
                in95 += sum(v[5 * k + 3] <= y[k] <= v[5 * k + 4] for k in range(len(y)))
            print(f"| {group} | {len(errors)} | {name} | {sum(errors) / len(errors):.3f} | {sorted(errors)[len(errors) // 2]:.3f} "
                  f"| {100 * in80 / n:.1f} | {100 * in95 / n:.1f} |")
    first, *others = forecasts
    for name in others:
        a, b = (sum(mase(series[i], forecasts[n][i]) for i in ids) for n in (first, name))
        print(f"\nMASE of {first} over all {len(ids)} series: {a / b:.3f} times that of {name}.")


main(*sys.argv[1:])
