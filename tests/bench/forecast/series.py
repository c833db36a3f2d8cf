#!/usr/bin/env python3
"""Series of the real data as one line each: id season horizon values. Usage: series.py REAL_DATA WHOLE TRAIN

WHOLE has all values, TRAIN all but the last `horizon`. Left out: series with fewer than eight values (two seasons) before the horizon, with more
than a tenth missing or a gap in the horizon, with fewer than three distinct values, and the aqiin.* stations (two days of data, their unit changes
half way). At most 1,200 series of a set and frequency, in the order of their codes."""
import collections, csv, datetime, glob, sys

HORIZON = {"yearly": (1, 4), "monthly": (12, 12), "hourly": (24, 24)}


def ordinal(period, frequency):
    if frequency == "yearly":
        return int(period)
    if frequency == "monthly":
        return int(period[:4]) * 12 + int(period[5:7])
    return datetime.date.fromisoformat(period[:10]).toordinal() * 24 + int(period[11:13])


def series_of(folder):
    with open(f"{folder}/indicators.tsv", encoding="utf-8") as f:
        frequency = {r["code"]: r["frequency"] for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)}
    found = collections.defaultdict(dict)
    for path in sorted(glob.glob(f"{folder}/deliveries/*.csv")):
        with open(path, encoding="utf-8", newline="") as f:
            for r in csv.DictReader(f):
                found[r["indicator"], r["region"]][r["period"]] = r["value"]
    for key in sorted(found):
        yield key, frequency[key[0]], found[key]


def main(data, whole, train):
    count = collections.Counter()
    with open(whole, "w") as w, open(train, "w") as t:
        for name in ("dengue", "gso-provinces", "hanoi-air", "worldbank-vn"):
            for (indicator, region), frequency, values in series_of(f"{data}/{name}"):
                if frequency not in HORIZON or indicator.startswith("aqiin."):
                    continue
                m, h = HORIZON[frequency]
                at = {ordinal(p, frequency): v for p, v in values.items()}
                known = [p for p in at if at[p] != ""]
                if not known:
                    continue
                row = [at.get(p) or "NA" for p in range(min(known), max(known) + 1)]
                if frequency == "hourly":
                    row = row[-(24 * 15):]
                bad = (len(row) - h < max(8, 2 * m) or "NA" in row[-h:] or row.count("NA") * 10 > len(row)
                       or len(set(row[:-h])) < 3 or count[name, frequency] == 1200)
                if bad:
                    continue
                count[name, frequency] += 1
                head = f"{name}|{indicator}|{region} {m} {h} "
                w.write(head + " ".join(row) + "\n")
                t.write(head + " ".join(row[:-h]) + "\n")


main(*sys.argv[1:])
