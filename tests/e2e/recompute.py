#!/usr/bin/env python3
"""recompute.py — every figure of an evaluation, computed again from the delivered observations by other means.

    recompute.py REPORTS LOCALITY DATE OBSERVATIONS.csv EVALUATION.csv DOCUMENT.json...

Exact fractions, no code of giaoban: roll-ups from communes (sum, mean, weighted mean, ratio), latest value and status, previous period,
same period of the year before, year to date and its twin, target, attainment, pace by days, rank and places gained; then each figure of
the documents, value and Vietnamese text. Prints the differences and how much was compared; exit status 1 when there is any difference.
Not here: seasons, breaks and bridges (unit tests have tables of them), forecasts (tests/bench)."""
import csv, json, re, sys
from datetime import date, timedelta
from fractions import Fraction

reports, locality, day, observations, evaluation, *documents = sys.argv[1:]
D = date.fromisoformat(day)


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def half_away(x, decimals):
    n = abs(x) * 10**decimals
    k = (2 * n.numerator + n.denominator) // (2 * n.denominator)
    return Fraction(k if x >= 0 else -k, 10**decimals)


def once(x, decimals, shown):
    """Kept with `decimals`, printed with `shown`: never on a half of the last printed decimal that the exact figure is below."""
    k = half_away(x, decimals)
    return k if half_away(k, shown) == half_away(x, shown) else k - Fraction(1 if k > 0 else -1, 10**decimals)


IND = {r["code"]: r for r in rows(f"{reports}/catalogue/indicators.csv") if r["level"] != "task"}
REGION = rows(f"{reports}/localities/{locality}/regions.csv")
LEVEL = {r["code"]: "commune" if r["type"] in ("ward", "commune", "special-zone", "unallocated") else
         "province" if r["type"] in ("province", "city") else "point" for r in REGION}
UNPLACED = {r["code"] for r in REGION if r["type"] == "unallocated"}
ROOT = next(r["code"] for r in REGION if LEVEL[r["code"]] == "province")
VALID = {}
for r in REGION:
    a = date.fromisoformat(r["valid_from"]) if r["valid_from"] else date.min
    b = date.fromisoformat(r["valid_to"]) if r["valid_to"] else date.max
    VALID[r["code"]] = (min(a, VALID.get(r["code"], (a, b))[0]), max(b, VALID.get(r["code"], (a, b))[1]))
TARGET = {(r["indicator"], r["region"], int(r["year"])): Fraction(r["value"]) for r in rows(f"{reports}/localities/{locality}/targets.csv")}


# ---- periods: (year, number) but for days, which are dates; hours are not recomputed -----------------------------------------
def parse(p):
    if re.fullmatch(r"\d{4}", p): return "yearly", (int(p), 1)
    if m := re.fullmatch(r"(\d{4})-Q(\d)", p): return "quarterly", (int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})-W(\d\d)", p): return "weekly", (int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})-(\d\d)", p): return "monthly", (int(m[1]), int(m[2]))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", p): return "daily", date.fromisoformat(p)
    return "hourly", None


def weeks(y): return date(y, 12, 28).isocalendar()[1]
PER_YEAR = {"yearly": 1, "quarterly": 4, "monthly": 12}


def per_year(f, y):
    return PER_YEAR.get(f) or (weeks(y) if f == "weekly" else (date(y + 1, 1, 1) - date(y, 1, 1)).days)


def year_of(p): return p.year if isinstance(p, date) else p[0]


def number_of(p): return p.timetuple().tm_yday if isinstance(p, date) else p[1]


def before(f, p):
    if f == "daily": return p - timedelta(1)
    return (p[0], p[1] - 1) if p[1] > 1 else (p[0] - 1, per_year(f, p[0] - 1))


def year_before(f, p):
    if f == "daily":
        try: return p.replace(year=p.year - 1)
        except ValueError: return None
    return (p[0] - 1, p[1]) if p[1] <= per_year(f, p[0] - 1) else None


def span(f, p, admin):
    """First and last day. An administrative month runs from the 15th of the month before to the 14th."""
    if f == "daily": return p, p
    if f == "weekly":
        a = date.fromisocalendar(p[0], p[1], 1)
        return a, a + timedelta(6)
    k = 12 // per_year(f, p[0])
    first, last = (p[1] - 1) * k + 1, p[1] * k
    if admin:
        return (date(p[0], first - 1, 15) if first > 1 else date(p[0] - 1, 12, 15)), date(p[0], last, 14)
    return date(p[0], first, 1), (date(p[0], last + 1, 1) if last < 12 else date(p[0] + 1, 1, 1)) - timedelta(1)


def days_of(code, p): return span(IND[code]["frequency"], p, IND[code]["calendar"] == "administrative")


# ---- observations and roll-ups ------------------------------------------------------------------------------------------------
SERIES = {}
for r in rows(observations):
    f, p = parse(r["period"])
    if p is None or r["indicator"] not in IND: continue
    SERIES.setdefault((r["indicator"], r["region"]), {})[p] = (Fraction(r["value"]) if r["value"] else None, r["status"])


def counts(o): return o and o[0] is not None and o[1] != "F"


def joint(statuses, whole):
    return "F" if "F" in statuses else "E" if "E" in statuses else "A" if whole and set(statuses) <= {"A"} else "P"


def last_of(code, region, until):
    """Newest value whose period starts no later than `until`."""
    s = SERIES.get((code, region), {})
    at = [p for p in s if s[p][0] is not None and days_of(code, p)[0] <= until]
    return s[max(at)] if at else None


def weight(code, region, by, p):
    a, b = days_of(code, p)
    order = ["yearly", "quarterly", "monthly", "weekly", "daily"]
    s = {q: o for q, o in SERIES.get((by, region), {}).items() if counts(o) and o[0] >= 0}
    if IND[by]["frequency"] == IND[code]["frequency"]:
        at = [q for q in s if q <= p]
    elif order.index(IND[by]["frequency"]) > order.index(IND[code]["frequency"]):
        at = [q for q in s if a <= days_of(by, q)[0] <= b]
        if IND[by]["flow"] == "flow": return sum((s[q][0] for q in at), Fraction(0)) if at else None
    else:
        at = [q for q in s if days_of(by, q)[0] <= b]
    return s[max(at)][0] if at else None


DONE = set()


def roll(code):
    """The province's own periods from its communes."""
    if code in DONE: return
    DONE.add(code)
    i, scale = IND[code], int(IND[code]["scale"])
    how, _, arg = i["aggregation"].partition(":")
    out = {}
    if how == "ratio":
        num, den = arg.split("/")
        roll(num), roll(den)
        place = [r for r in {r for c, r in SERIES if c in (num, den)} if r != ROOT and LEVEL.get(r) in (IND[num]["level"], IND[den]["level"])]
        def at(c, r, p): return SERIES.get((c, r), {}).get(p) if IND[c]["frequency"] == i["frequency"] else last_of(c, r, days_of(code, p)[1])
        for p, (v, st) in SERIES.get((num, ROOT), {}).items():
            d = at(den, ROOT, p)
            if v is None or not d or d[0] is None: continue
            whole = True
            if not (p in GIVEN.get(num, ()) and p in GIVEN.get(den, ())): # of the places that told both
                assert p not in GIVEN.get(num, ()) and p not in GIVEN.get(den, ()), "a delivered total beside a sum"
                both = {r: (at(num, r, p), at(den, r, p)) for r in place}
                both = {r: (a, b) for r, (a, b) in both.items() if a and b and a[0] is not None and b[0] is not None}
                ever = [r for r in place if any(o[0] is not None for c in (num, den) for o in SERIES.get((c, r), {}).values())]
                x, y = days_of(code, p)
                whole = all(r in both for r in ever if VALID[r][0] <= y and VALID[r][1] >= x)
                v, d = sum(a[0] for a, b in both.values()), (sum(b[0] for a, b in both.values()), joint([o[1] for t in both.values() for o in t], whole))
                st = d[1]
            if not d[0]: continue
            out[p] = (once(Fraction(v) / d[0] * (100 if i["unit_vi"] == "%" else 1), scale, int(i["decimals"])), joint([st, d[1]], whole))
    elif how != "none":
        source = {r: s for (c, r), s in SERIES.items() if c == code and r != ROOT and LEVEL.get(r) == i["level"] and any(o[0] is not None for o in s.values())}
        for p in sorted({p for s in source.values() for p, o in s.items() if o[0] is not None}):
            a, b = days_of(code, p)
            here = {r: s[p] for r, s in source.items() if p in s and s[p][0] is not None}
            due = sum(1 for r in source if r in here or (VALID[r][0] <= b and VALID[r][1] >= a))
            w = {r: weight(code, r, arg, p) for r in here} if how == "weighted-mean" else {r: 1 for r in here}
            here = {r: o for r, o in here.items() if w[r] is not None}
            v = [o[0] for o in here.values()]
            if not v or (how == "weighted-mean" and sum(w[r] for r in here) == 0) or (how == "last" and len(source) > 1): continue
            x = {"sum": lambda: sum(v), "mean": lambda: sum(v) / len(v), "max": lambda: max(v), "min": lambda: min(v), "last": lambda: v[0],
                 "weighted-mean": lambda: sum(o[0] * w[r] for r, o in here.items()) / sum(w[r] for r in here)}[how]()
            out[p] = (once(Fraction(x), scale, int(i["decimals"]) if how.endswith("mean") else scale), joint([o[1] for o in here.values()], len(here) == due))
    for p, o in out.items():
        SERIES.setdefault((code, ROOT), {}).setdefault(p, o)


GIVEN = {c: set(s) for (c, r), s in SERIES.items() if r == ROOT}
for code in IND: roll(code)


# ---- evaluation ---------------------------------------------------------------------------------------------------------------
def pct(diff, base): return once(100 * diff / abs(base), 6, 1) if base else None


def pace(code, p):
    a, b = span("yearly", (year_of(p), 1), IND[code]["calendar"] == "administrative")
    e = max(a, min(b, D, days_of(code, p)[1]))
    return once(Fraction(100 * ((e - a).days + 1), (b - a).days + 1), 6, 1)


def evaluate(code, region):
    s, f, flow = SERIES[code, region], IND[code]["frequency"], IND[code]["flow"]
    seen = {p: o[0] for p, o in s.items() if counts(o) and days_of(code, p)[0] <= D}
    if not seen: return {}
    p = max(seen)
    v, out = seen[p], {}
    out["latest_value"], out["latest_status"], out["_period"] = v, s[p][1], p

    def against(name, base):
        if base is not None: out[name + "_value"], out[name + "_change"], out[name + "_pct"] = base, v - base, pct(v - base, base)
    against("previous", seen.get(before(f, p)))
    against("previous_available", seen[max(q for q in seen if q < p)] if len(seen) > 1 else None)
    against("year_before", seen.get(year_before(f, p)))
    if flow == "flow":
        year = [q for q in seen if year_of(q) == year_of(p)]
        out["ytd"], out["ytd_n"] = sum(seen[q] for q in year), Fraction(len(year))
        twin = [year_before(f, q) for q in year if year_before(f, q)]
        if twin and all(q in seen for q in twin): out["ytd_year_before"] = sum(seen[q] for q in twin)
    elif flow == "cumulative":
        out["ytd"], out["ytd_n"] = v, Fraction(1)
        if "year_before_value" in out: out["ytd_year_before"] = out["year_before_value"]
    if "ytd_year_before" in out:
        out["ytd_change"] = out["ytd"] - out["ytd_year_before"]
        out["ytd_pct"] = pct(out["ytd_change"], out["ytd_year_before"])
    t = TARGET.get((code, region, year_of(p)))
    if t is not None:
        out["target"], out["target_year"] = t, t * (per_year(f, year_of(p)) if flow == "flow" else 1)
        if out["target_year"] > 0 and (flow != "flow" or out["ytd_n"] == number_of(p)):
            out["attainment_pct"] = once(100 * (out["ytd"] if flow == "flow" else v) / out["target_year"], 6, 1)
        if flow in ("flow", "cumulative") and not SEASONAL.get(IND[code]["season"]):
            out["pace_pct"] = pace(code, p)
            if "attainment_pct" in out: out["behind_pct"] = out["pace_pct"] - out["attainment_pct"]
    return out


SEASONAL = {r["profile"]: True for r in rows(f"{reports}/catalogue/seasons.csv") if r["profile"] != "none"}
EVAL = {k: evaluate(*k) for k in SERIES}


def places(pairs, up):
    return {r: 1 + sum(1 for _, w in pairs if (w > v if up else w < v)) for r, v in pairs}


def rank(code):
    i = IND[code]
    if i["direction"] in ("neutral", "band"): return
    unit = {r: {p: o[0] for p, o in s.items() if counts(o) and days_of(code, p)[0] <= D} for (c, r), s in SERIES.items()
            if c == code and r != ROOT and LEVEL.get(r) == i["level"] != "point" and r not in UNPLACED}
    unit = {r: s for r, s in unit.items() if s}
    for p in sorted({p for s in unit.values() for p in s}, reverse=True):
        have = [(r, s[p]) for r, s in unit.items() if p in s]
        if 2 * len(have) < len(unit): continue
        up, q = i["direction"] == "up-good", before(i["frequency"], p)
        for r, k in places(have, up).items(): EVAL[code, r].update(rank=Fraction(k), rank_of=Fraction(len(have)))
        both = [r for r, _ in have if q in unit[r]]
        if len(both) >= 2 and 2 * len(both) >= len(have):
            now, was = places([(r, unit[r][p]) for r in both], up), places([(r, unit[r][q]) for r in both], up)
            for r in both: EVAL[code, r]["rank_gain"] = Fraction(was[r] - now[r])
        return


for code in IND: rank(code)

# ---- compare ------------------------------------------------------------------------------------------------------------------
FIELDS = ["latest_value", "ytd", "ytd_n", "ytd_year_before", "ytd_change", "ytd_pct", "target", "target_year", "attainment_pct", "pace_pct",
          "behind_pct", "rank", "rank_of", "rank_gain"] + [a + b for a in ("previous", "previous_available", "year_before") for b in ("_value", "_change", "_pct")]
n = bad = series = 0
met = set()


def differ(where, got, want):
    global n, bad
    n += 1
    if got == want: return
    bad += 1
    if bad <= 40: print(f"{where}: {got}, recomputed {want}")


for r in rows(evaluation):
    k = r["indicator"], r["region"]
    if k[0] not in IND or IND[k[0]]["frequency"] == "hourly" or k not in EVAL: continue
    met.add(k)
    if r["year_before_break"]: continue
    series += 1
    for f in FIELDS:
        if f in ("pace_pct", "behind_pct") and SEASONAL.get(IND[k[0]]["season"]): continue
        want = EVAL[k].get(f)
        differ(f"{k[0]} {k[1]} {f}", r[f], "" if want is None else r[f] if r[f] and Fraction(r[f]) == want else str(want))
    if EVAL[k]: differ(f"{k[0]} {k[1]} status", r["latest_status"], EVAL[k]["latest_status"])
for k in EVAL: differ(f"{k[0]} {k[1]}", "there" if k in met else "absent", "there") if IND[k[0]]["frequency"] != "hourly" and EVAL[k] else None

HOW = {"target": "target", "attainment": "attainment_pct", "pace": "pace_pct", "behind": "behind_pct", "ytd": "ytd", "prev-diff": "previous_change",
       "year-diff": "year_before_change", "prev-pct": "previous_pct", "year-pct": "year_before_pct", "ytd-pct": "ytd_pct", "rank": "rank", "rank-change": "rank_gain"}


def written(x, decimals):
    x = half_away(abs(x), decimals)
    whole, rest = divmod(x.numerator * 10**decimals // x.denominator, 10**decimals)
    return f"{whole:,}".replace(",", ".") + (f",{rest:0{decimals}d}" if decimals else "")


def document(x, name):
    if isinstance(x, list):
        for y in x: document(y, name)
    elif isinstance(x, dict):
        if "how" in x and "value" in x: fact(x, name)
        for y in x.values(): document(y, name)


def fact(x, name):
    k, how = (x["indicator"], x["region"]), x["how"]
    f, p = parse(x.get("period", "x"))
    if k not in EVAL or p is None or how not in HOW and how != "value": return
    i = IND[k[0]]
    if how == "value":
        o = SERIES[k].get(p)
        want = o[0] if o else None
    elif p == EVAL[k].get("_period") or how.startswith("rank"):
        want = EVAL[k].get(HOW[how])
    else: return
    where = f"{name}: {k[0]} {k[1]} {x.get('period')} {how}"
    difference = i["unit_vi"] in ("%", "điểm %", "°C", "pH", "cấp")
    if how.endswith("pct") and (difference or "%" not in x.get("unit", "")):
        base = {"prev-pct": "previous_change", "year-pct": "year_before_change", "ytd-pct": "ytd_change"}[how]
        want = EVAL[k].get(base)
    if SEASONAL.get(i["season"]) and how in ("pace", "behind"): return
    got = Fraction(str(x["value"]))
    if how == "pace" and want is not None and got == half_away(want, int(i["scale"])): want = got  # a point of a path, in the figure's own unit
    differ(where, got, want)
    decimals = 0 if how.startswith("rank") else 1 if x.get("unit") in ("%", "điểm %") and (how in ("attainment", "pace", "behind") or (how.endswith("pct") and not difference)) else int(i["decimals"])
    if want is not None: differ(where + " text", (re.findall(r"\d[\d.]*(?:,\d+)?", x["text"]) or [x["text"]])[0], written(want, decimals))


facts = n
for d in documents:
    with open(d, encoding="utf-8") as f: document(json.load(f), d)
print(f"{series} series, {facts} figures of the evaluation, {n - facts} of the documents, {bad} differences")
sys.exit(1 if bad or not series or (documents and n == facts) else 0)
