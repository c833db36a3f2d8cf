#!/usr/bin/env python3
"""attack.py — tries to work out figures that editions withhold, from everything the editions show.

    attack.py [--indicators FILE] [--regions FILE] [--truth FILE] [--no-pdf] [--quiet] EDITION...

EDITION: folders of public and front editions (out/public/rel/*, out/front/rel/*) of one or several nights of one store. Knows nothing of
how figures are chosen to be withheld: only what is in the editions, that counts are integers from 0 up, and what anybody can read in the
published catalogue (FILE, as data/codebook.csv has it): how totals, ratios and means are made, k, which place lies in which (--regions), the rules of consistency.csv beside it.
--truth: observations as `giaoban export --audience leadership` writes them; then also says where a withheld figure stands in words or
figures, and that no bound that was found is false. Exit 1: findings, one a line; 2: a bound is false (the attacker errs); 70: it broke."""
import argparse
import csv
import os
import re
import sys
import traceback
from fractions import Fraction

sys.dont_write_bytecode = True  # leaves nothing in the tree
from editions import Edition, number, pages
from system import Infeasible, System, solve

HERE = os.path.dirname(os.path.abspath(__file__))
TELLS = re.compile(r"\b(cao|thấp|nhiều|ít|lớn|nhỏ|tốt|kém|chậm|nhanh) nhất\b|\b(xếp )?thứ \d+|\bhạng \d+|\btrên \d+ (xã|địa bàn)", re.I)
PERIOD = re.compile(r"tuần \d+/\d{4}|quý [IV]+/\d{4}|tháng \d+/\d{4}|năm \d{4}|\d+ giờ ngày \d+/\d+/\d{4}|\d+/\d+/\d{4}", re.I)
STATE = re.compile(r"(?<!chờ rời mức )\b(tốt|theo dõi|cảnh báo|nguy hiểm|khẩn cấp|tốt lên|kém đi|tăng|giảm|không đổi)\b", re.I)
YTD = re.compile(r"lũy kế|từ đầu năm", re.I)


def related(cat, rules):
    """Indicators with small counts, and all that are made of them, or they of, or that a rule joins to them."""
    small = {i for i, c in cat.items() if c["k"]}
    out = set(small)
    for i, c in cat.items():
        terms = set(re.split(r"[:/]", c["aggregation"])[1:])
        if terms & small or i in small:
            out |= terms | {i}
    for pair in rules:
        if small & set(pair):
            out |= set(pair)
    return out


def read_catalogue(path):
    cat = {}
    with open(path, encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            r["unit"] = r.get("unit") or r.get("unit_vi", "")
            cat.setdefault(r.get("indicator") or r["code"], r)
    for r in cat.values():
        r["k"] = int(r["small_counts"] or 0)
    rules = []
    path = os.path.join(os.path.dirname(path), "consistency.csv")
    if os.path.exists(path):
        with open(path, encoding="utf-8", newline="") as f:
            rules = [(r["indicator"], o) for r in csv.DictReader(f) if r["kind"] == "at-most" for o in r["others"].split(";")]
    return cat, rules


def period_vi(p):
    m = re.fullmatch(r"(\d{4})(?:-(?:W(\d\d)|Q(\d)|(\d\d)(?:-(\d\d)(?:T(\d\d))?)?))?", p)
    if not m:
        return p
    y, w, q, mo, d, h = m.groups()
    if w:
        return "tuần %d/%s" % (int(w), y)
    if q:
        return "quý %s/%s" % (["I", "II", "III", "IV"][int(q) - 1], y)
    if h:
        return "%d giờ ngày %s/%s/%s" % (int(h), d, mo, y)
    return "%s/%s/%s" % (d, mo, y) if d else "tháng %d/%s" % (int(mo), y) if mo else "năm %s" % y


def figures_of(text):
    """Numbers as Vietnamese text writes them: 1.234,5."""
    out = []
    for m in re.finditer(r"(?<![\w.,/])[-−]?(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(?![\w/]|[.,]\d)", text):
        out.append((Fraction((m.group(1).replace(".", "")) + (m.group(2) or "").replace(",", ".")), m))
    return out


class Attack:
    def __init__(self, editions, cat, rules, parents=None):
        self.cat, self.rules, self.findings, self.notes, self.equations, self.n_cells = cat, rules, {}, [], 0, 0
        self.nights = sorted({e.night for e in editions})
        self.editions, self.names, self.shown, self.parents = editions, {}, {}, parents or {}
        derived = {}
        for e in editions:
            self.names.update(e.names)
            for r, n in e.derived.items():
                derived[r] = derived.get(r, 0) + n
        self.root = max(derived, key=lambda r: (derived[r], -len(r)), default="") if any(derived.values()) else min(self.names, key=len, default="")
        for e in editions:  # one reader has them all
            at = self.shown.setdefault(e.night, {})
            for key, (value, status) in e.cells.items():
                old = at.get(key)
                if old and (old[0] is None) != (value is None) and "Q" in (old[1], status):
                    e.clashes.append((key, value if value is not None else old[0], "another edition of this night"))
                if old is None or old[0] is None:
                    at[key] = (value, status)
            for key, value, where in e.clashes:
                self.find(key, "shown", "withheld, but %s stands in %s %s" % (float(value), e.night, where))
        self.withheld = {(n, k) for n, at in self.shown.items() for k, (v, s) in at.items() if s == "Q" and v is None}
        self.hidden = {k for _, k in self.withheld}
        self.n_cells = len(self.hidden)
        self.present = {n: {k[0] for k in at} for n, at in self.shown.items()}
        self.calendar = {n: {} for n in self.nights}  # periods of each series
        for n, at in self.shown.items():
            for ind, region, period in sorted(at):
                self.calendar[n].setdefault((ind, region), []).append(period)

    def find(self, key, kind, text):
        self.findings.setdefault((kind, key), text)

    # ---- unknowns ----
    def var(self, night, key, apart):
        """The unknown of a withheld cell: the same on following nights as long as it stays withheld; apart: another each night."""
        if apart:
            return key + (night,)
        start = night
        for n in reversed([n for n in self.nights if n < night]):
            if key[0] not in self.present[n]:
                continue
            if (n, key) not in self.withheld:
                break
            start = n
        return key + (start,)

    def term(self, night, key, apart):
        """(unknown or None, value or None); (None, None): no figure at all."""
        v, s = self.shown[night].get(key, (None, "M"))
        if v is not None:
            return None, v
        return (self.var(night, key, apart), None) if s == "Q" else (None, None)

    def build(self, apart, lax=()):
        s = System()
        for night in self.nights:
            rows = {}
            for key in self.shown[night]:
                rows.setdefault((key[0], key[2]), {})[key[1]] = key
            for (ind, period), at in rows.items():
                c = self.cat.get(ind)
                if not c:
                    continue
                if c["aggregation"] == "sum":
                    if any((night, k) in self.withheld for k in at.values()):
                        self.total(s, night, at, ind, period, apart)
                elif c["aggregation"].startswith("ratio:") and "ratio" not in lax:
                    self.ratio(s, night, at, c, ind, period, apart)
                elif c["aggregation"].startswith("weighted-mean:") and "mean" not in lax:
                    self.mean(s, night, at, c, period, apart)
            if "rules" not in lax:
                self.consistency(s, night, apart)
        self.year_to_date(s, apart)
        for v in s.known:
            c = self.cat[v[0]]
            if v[1] != self.root and c.get("valid_max"):
                s.limit(v, max(0, int(Fraction(c["valid_min"] or 0))), int(Fraction(c["valid_max"])))
        return s

    def total(self, s, night, at, ind, period, apart):
        """Of each place that has a figure and parts below it; without a list of places: of all below the root."""
        for above in {self.parents.get(r, self.root) for r in at}:
            below = {r: k for r, k in at.items() if r == above or self.parents.get(r, self.root) == above}
            if above not in at or len(below) < 2:
                continue
            terms, known, gap = {}, 0, False
            for region, key in below.items():
                sign = -1 if region == above else 1
                u, v = self.term(night, key, apart)
                if u:
                    terms[u] = sign
                elif v is not None:
                    known += sign * v
                else:
                    gap |= region == above
            if not gap:
                s.add(terms, -known, -known, (ind, period, above))

    def ulp(self, c):
        return Fraction(1, 2 * 10 ** int(c.get("scale") or c.get("decimals") or 0))

    def ratio(self, s, night, at, c, ind, period, apart):
        num, den = c["aggregation"][6:].split("/")
        f, u = (100 if c["unit"].startswith("%") else 1), self.ulp(c)
        for region in at:
            (a, x), (b, y) = (self.term(night, (i, region, period), apart) for i in (num, den))
            rate = self.shown[night][(ind, region, period)][0]
            if rate is None or (a is None and x is None) or (b is None and y is None) or (a is None and b is None):
                continue
            for r, lo, hi in ((rate - u, 0, None), (rate + u, None, 0)):  # f*num - r*den
                terms = {}
                known = (f * x if a is None else 0) - (r * y if b is None else 0)
                if a:
                    terms[a] = f
                if b:
                    terms[b] = terms.get(b, 0) - r
                s.add(terms, None if lo is None else -known, None if hi is None else -known)

    def mean(self, s, night, at, c, period, apart):
        w, u = c["aggregation"].split(":")[1], self.ulp(c)
        if self.root not in at or at[self.root] is None:
            return
        mean = self.shown[night][at[self.root]][0]
        pairs = [(self.term(night, (w, r, period), apart), self.shown[night][k][0]) for r, k in at.items() if r != self.root]
        if mean is None or not any(t[0] for t, _ in pairs) or any(v is None and t != (None, None) for t, v in pairs):
            return
        for m, low in ((mean - u, True), (mean + u, False)):
            terms, known = {}, Fraction(0)
            for (unknown, weight), v in pairs:
                if unknown:
                    terms[unknown] = v - m
                elif weight is not None and v is not None:
                    known += weight * (v - m)
            s.add(terms, -known if low else None, None if low else -known)

    def consistency(self, s, night, apart):
        for key in [k for n, k in self.withheld if n == night]:
            ind, region, period = key
            for part, whole in self.rules:
                if ind in (part, whole):
                    (a, x), (b, y) = (self.term(night, (i, region, period), apart) for i in (part, whole))
                    if (a or x is not None) and (b or y is not None):
                        s.add({u: c for u, c in ((a, -1), (b, 1)) if u}, (x or 0) - (y or 0), None)
            if self.cat.get(ind, {}).get("flow") == "cumulative":
                self.never_falls(s, night, key, apart)

    def never_falls(self, s, night, key, apart):
        """The nearest figures before and after in the same year."""
        ind, region, period = key
        year = [p for p in self.calendar[night][ind, region] if p[:4] == period[:4]]
        i = year.index(period)
        u = self.var(night, key, apart)
        for j, sign in ((i - 1, 1), (i + 1, -1)):
            if 0 <= j < len(year):
                o, v = self.term(night, (ind, region, year[j]), apart)
                if o:
                    s.add({u: sign, o: -sign}, 0, None)
                elif v is not None:
                    s.add({u: sign}, sign * v, None)

    def year_to_date(self, s, apart):
        """Sums over the periods of a year that a document shows."""
        for e in self.editions:
            for (ind, region, period), column, value, _, _ in e.beside:
                c = self.cat.get(ind)
                if not c or not YTD.search(column) or value is None or c["aggregation"] != "sum" or c["flow"] != "flow":
                    continue
                terms, known = {}, Fraction(0)
                for p in {k[2] for k in self.shown[e.night] if k[:2] == (ind, region) and k[2][:4] == period[:4] and k[2] <= period}:
                    u, v = self.term(e.night, (ind, region, p), apart)
                    if u:
                        terms[u] = 1
                    elif v is not None:
                        known += v
                s.add(terms, value - known, value - known)

    def bounds(self):
        """Bounds of every unknown; a part that contradicts itself is tried again with weaker assumptions."""
        out = {}
        plans = [(False, ()), (True, ()), (True, ("ratio", "mean")), (True, ("ratio", "mean", "rules"))]
        skip = set()
        for apart, lax in plans:
            system = self.build(apart, lax)
            self.equations = max(self.equations, len(system.rows))
            todo = False
            for names, rows in system.parts():
                keys = {(v[0], v[1], v[2]) for v in names}
                if skip and not keys & skip:
                    continue
                try:
                    for v, b in solve(names, rows, system.known).items():
                        out.setdefault((v[0], v[1], v[2]), []).append((v[3], b))
                    skip -= keys
                except Infeasible:
                    skip |= keys
                    todo = True
            if not todo:
                break
        if skip:
            self.notes.append("%d cells in systems that contradict themselves (delivered totals): not bounded" % len(skip))
        return out

    def judge(self, bounds, truth):
        false = 0
        for key, found in bounds.items():
            k = self.cat[key[0]]["k"]
            for night, (lo, hi) in found:
                if truth is not None and key in truth and night == self.nights[-1] and key[1] != self.root and isinstance(truth[key], int):
                    if truth[key] < lo or (hi is not None and truth[key] > hi):
                        false += 1
                        self.notes.append("false bound: %s is %s, not in %s..%s" % (" ".join(key), truth[key], lo, hi))
                if k and key[1] != self.root and hi is not None and hi - lo < k:
                    if (lo, hi) == (0, self.total_of(key)) and hi < k:
                        continue  # the total itself is small: no more than it is known
                    self.find(key, "bound", "between %d and %d (k = %d), from the night of %s" % (lo, hi, k, night))
        return false

    def total_of(self, key):
        values = [self.shown[n].get((key[0], self.root, key[2]), (None, ""))[0] for n in self.nights]
        if self.parents.get(key[1], self.root) != self.root:
            values = [self.shown[n].get((key[0], self.parents[key[1]], key[2]), (None, ""))[0] for n in self.nights]
        return next((v for v in reversed(values) if v is not None), None)

    # ---- words ----
    def read_words(self, truth, pdf):
        hidden = {}  # by the period as text writes it
        for night, key in self.withheld:
            hidden.setdefault((night, key[0], key[1]), {})[period_vi(key[2]).lower()] = key
        names = {n: c for c, n in self.names.items() if c != self.root}
        places = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)")
        titles = {}
        for i in {k[0] for k in self.hidden}:
            titles[self.cat[i]["name_vi"]] = i
        subjects = re.compile("|".join(sorted(map(re.escape, titles), key=len, reverse=True)) or r"(?!)")
        for e in self.editions:
            for path, contexts, charts in pages(e, pdf):
                base = os.path.basename(path).rsplit(".", 1)[0]
                for kind, heading, text, cells in contexts:
                    self.context(e.night, path, base, heading, text, (places, names, subjects, titles, hidden, truth))
                for chart in charts:
                    self.chart(e.night, path, chart, (places, names, subjects, titles, hidden))
            for key, column, value, text, where in e.beside:
                if (e.night, key) in self.withheld and not self.explained(e.night, key, value) and not re.search(r"Kế hoạch|Cơ quan|Kỳ số liệu", column):
                    if value is not None or TELLS.search(text) or STATE.search(text):
                        self.find(key, "beside", "withheld, beside it %s = %s in %s %s" % (column, value if value is not None else text, e.night, where))

    def explained(self, night, key, value):
        """A figure that is shown elsewhere of the same place or of the total, so tells nothing new."""
        if value is None:
            return False
        at = self.shown[night]
        own = (at[key[0], key[1], p][0] for p in self.calendar[night].get(key[:2], ()))
        return value in own or at.get((key[0], self.root, key[2]), (None,))[0] == value

    def context(self, night, path, base, heading, text, look):
        places, names, subjects, titles, hidden, truth = look
        found = [(m.start(), m.end(), names[m.group()]) for m in places.finditer(text)]
        if not found:
            place = base if base in self.names and base != self.root else None
            over = places.search(heading)
            place = place or (names[over.group()] if over and len(set(places.findall(heading))) == 1 else None)
            found = [(0, 0, place or self.root)]
        about = {titles[m] for m in subjects.findall(text)} or {titles[m] for m in subjects.findall(heading)}
        for ind in about:
            for i, (_, end, region) in enumerate(found):
                keys = hidden.get((night, ind, region))
                if not keys:
                    continue
                stop = found[i + 1][0] if i + 1 < len(found) else len(text)
                for label in {p.lower() for p in PERIOD.findall(text if region == self.root else heading + " | " + text)}:
                    if label in keys:
                        self.words(night, path, keys[label], text[end:stop], text, truth)

    def words(self, night, path, key, part, text, truth):
        clean = PERIOD.sub(" ", part).replace(self.cat[key[0]]["name_vi"], " ")
        clean = re.sub(r"\d+ (địa bàn|xã|kỳ|nơi|mục)\b", " ", clean)
        for value, m in figures_of(clean):
            if self.explained(night, key, value):
                continue
            if truth is not None and truth.get(key) == value:
                self.find(key, "true", "the true value stands in %s %s: %s" % (night, path, text[:160]))
            elif key[1] != self.root:
                self.find(key, "figure", "a figure beside it in %s %s: %s: %s" % (night, path, m.group(), text[:160]))
        if key[1] != self.root and (TELLS.search(clean) or (TELLS.search(text) and "không công bố" not in text and not figures_of(clean))):
            self.find(key, "rank", "an order tells of it in %s %s: %s" % (night, path, text[:160]))
        elif key[1] != self.root and STATE.search(clean):
            self.find(key, "state", "a word tells of it in %s %s: %s" % (night, path, text[:160]))

    def chart(self, night, path, chart, look):
        places, names, subjects, titles, hidden = look
        said = chart["heading"] + " " + chart["about"]
        about = {titles[m] for m in subjects.findall(said)}
        labels = [(x, y, names[t]) for x, y, t in chart["texts"] if t in names]
        periods = {p.lower() for p in PERIOD.findall(said)}
        for ind in about:
            for x, y, region in labels:
                for key in [k for label, k in hidden.get((night, ind, region), {}).items() if label in periods]:
                    marks = [b for b in chart["marks"] if b[1] <= y - 3 <= b[3] and b[3] - b[1] < 40 and b[2] - b[0] > 0.2]
                    if marks:
                        self.find(key, "mark", "a mark %.2f long in a chart of %s %s" % (marks[0][2] - marks[0][0], night, path))

    def ranks(self):
        """A rank that is greater than the places shown before it: it counts places that are withheld."""
        by_name = {c["name_vi"]: i for i, c in self.cat.items()}
        for e in self.editions:
            column = {}
            for (ind, region, period), (v, s) in self.shown[e.night].items():
                if region != self.root:
                    column.setdefault((ind, period), {})[region] = (v, s)
            rows = [(k, v, w) for k, col, v, _, w in e.beside if re.search(r"Xếp", col) and v is not None]
            for path, contexts, _ in pages(e, False):
                base = os.path.basename(path).rsplit(".", 1)[0]
                for _, _, text, cells in contexts:
                    for head, cell in cells or ():
                        if head.startswith("Xếp") and re.match(r"\d+\b", cell) and base in self.names:
                            ind, said = by_name.get(cells[0][1]), PERIOD.findall(text)
                            rows += [((ind, base, p), Fraction(re.match(r"\d+", cell).group()), path)
                                     for i, p in column if i == ind and period_vi(p) in said]
            for (ind, region, period), rank, where in rows:
                at = column.get((ind, period), {})
                mine = at.get(region, (None,))[0]
                if mine is None or ind not in self.cat or not any(s == "Q" and v is None for v, s in at.values()):
                    continue
                others = [v for v, s in at.values() if v is not None]
                less, more = sum(v < mine for v in others), sum(v > mine for v in others)
                if rank - 1 not in (less, more):
                    self.find((ind, region, period), "rank", "its rank %d in %s %s counts withheld places (shown before it: %d or %d)" % (rank, e.night, where, less, more))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--indicators", default=os.path.join(HERE, "..", "..", "reports", "catalogue", "indicators.csv"))
    p.add_argument("--regions")
    p.add_argument("--truth")
    p.add_argument("--no-pdf", action="store_true")
    p.add_argument("--quiet", action="store_true")
    p.add_argument("edition", nargs="+")
    a = p.parse_args()
    with open(a.indicators, encoding="utf-8", newline="") as f:
        known = {r.get("indicator") or r["code"]: r for r in csv.DictReader(f)}
    editions = [Edition(d) for d in a.edition]
    cat, rules = read_catalogue(a.indicators)
    wanted = related(cat, rules)
    for e in editions:
        e.read_figures(known, wanted)
    truth = None
    if a.truth:
        with open(a.truth, encoding="utf-8", newline="") as f:
            truth = {(r["indicator"], r["region"], r["period"]): number(r["value"]) for r in csv.DictReader(f)
                     if r["indicator"] in wanted and number(r["value"]) is not None}
    parents = {}
    if a.regions:
        with open(a.regions, encoding="utf-8", newline="") as f:
            parents = {r["code"]: r["parent"] for r in csv.DictReader(f)}
    attack = Attack(editions, cat, rules, parents)
    false = attack.judge(attack.bounds(), truth)
    attack.read_words(truth, not a.no_pdf)
    attack.ranks()
    for (kind, key), text in sorted(attack.findings.items()):
        if not a.quiet:
            print("%s: %s %s (%s) %s: %s" % (kind, key[0], key[1], attack.names.get(key[1], "?"), key[2], text))
    for n in attack.notes:
        print("note: " + n)
    print("%d editions, %d nights, %d withheld cells, %d equations, %d false bounds, %d findings"
          % (len(editions), len(attack.nights), attack.n_cells, attack.equations, false, len(attack.findings)))
    return 2 if false else 1 if attack.findings else 0


if __name__ == "__main__":
    try:
        status = main()
    except Exception:  # not to be taken for findings
        traceback.print_exc()
        status = 70
    sys.exit(status)
