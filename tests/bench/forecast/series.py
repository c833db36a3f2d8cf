#!/usr/bin/env python3
"""Series of the real data as one line each: id season horizon values. Usage: series.py REAL_DATA WHOLE TRAIN

WHOLE has all values, TRAIN all but the last `horizon`. Left out: series with fewer than eight values (two seasons) before the horizon, with more
than a tenth missing or a gap in the horizon, with fewer than three distinct values, and the aqiin.* stations (two days of data, their unit changes
half way). At most 1,200 series of a set and frequency, in the order of their codes.

There are no public series by days or quarters: those are made of hours (the mean of at least 18) and of months (the sum of three). Hours and days
are few but long: they are cut at several ends, five days (two weeks) apart, each a series of its own."""
import collections, csv, datetime, glob, sys

# season, horizon, cuts, periods from one cut to the next, periods before the horizon at most
HORIZON = {"yearly": (1, 4, 1, 0, 999), "quarterly": (4, 8, 1, 0, 999), "monthly": (12, 12, 1, 0, 999), "daily": (7, 7, 8, 14, 120),
           "hourly": (24, 24, 4, 120, 24 * 14)}


def ordinal(period, frequency):
    if frequency == "yearly":
        return int(period)
    if frequency == "monthly":
        return int(period[:4]) * 12 + int(period[5:7]) - 1
    return datetime.date.fromisoformat(period[:10]).toordinal() * 24 + int(period[11:13])


def grouped(at, size, least, mean):
    parts = collections.defaultdict(list)
    for p, v in at.items():
        if v != "":
            parts[p // size].append(float(v))
    return {p: f"{sum(v) / (len(v) if mean else 1):.6g}" for p, v in parts.items() if len(v) >= least}


def series_of(folder):
    with open(f"{folder}/indicators.tsv", encoding="utf-8") as f:
        frequency = {r["code"]: r["frequency"] for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)}
    found = collections.defaultdict(dict)
    for path in sorted(glob.glob(f"{folder}/deliveries/*.csv")):
        with open(path, encoding="utf-8", newline="") as f:
            for r in csv.DictReader(f):
                found[r["indicator"], r["region"]][ordinal(r["period"], frequency[r["indicator"]])] = r["value"]
    for key in sorted(found):
        yield key, frequency[key[0]], found[key]
        if frequency[key[0]] == "hourly":
            yield key, "daily", grouped(found[key], 24, 18, True)
        if frequency[key[0]] == "monthly":
            yield key, "quarterly", grouped(found[key], 3, 3, False)


def usable(row, m, h):
    return not (len(row) - h < max(8, 2 * m) or "NA" in row[-h:] or row.count("NA") * 10 > len(row) or len(set(row[:-h])) < 3)


def main(data, whole, train):
    count = collections.Counter()
    with open(whole, "w") as w, open(train, "w") as t:
        for name in ("dengue", "gso-provinces", "hanoi-air", "worldbank-vn"):
            for (indicator, region), frequency, at in series_of(f"{data}/{name}"):
                known = [p for p in at if at[p] != ""]
                if indicator.startswith("aqiin.") or not known:
                    continue
                m, h, cuts, apart, most = HORIZON[frequency]
                full = [at.get(p) or "NA" for p in range(min(known), max(known) + 1)]
                for cut in range(cuts):
                    row = full[:len(full) - cut * apart][-(most + h):]
                    if not usable(row, m, h) or count[name, frequency] == 1200:
                        continue
                    count[name, frequency] += 1
                    head = f"{name}|{frequency}|{indicator}|{region}|{cut} {m} {h} "
                    w.write(head + " ".join(row) + "\n")
                    t.write(head + " ".join(row[:-h]) + "\n")


main(*sys.argv[1:])
