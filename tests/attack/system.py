"""system.py — exact bounds of unknown counts: linear constraints lo <= sum(c * x) <= hi over integers >= 0.

Elimination over fractions first (what equations say together), then bounds are carried from constraint to constraint until nothing
moves, then, for small systems, an exact simplex over fractions for what only several constraints together say."""
from fractions import Fraction
from math import ceil, floor, gcd

SIMPLEX_VARS, SIMPLEX_ROWS, ROUNDS = 14, 24, 60


class Infeasible(Exception):
    pass


class System:
    def __init__(self):
        self.rows = []  # (coefficients {var: int}, lo or None, hi or None, group)
        self.known = {}  # var: (lo, hi or None), what is known of it from the start

    def add(self, terms, lo, hi, group=None):
        """lo <= sum of terms <= hi; None: no limit. group: equations of one group are also subtracted from each other."""
        terms = {v: Fraction(c) for v, c in terms.items() if c}
        if not terms:
            return
        m = 1
        for c in list(terms.values()) + [Fraction(b) for b in (lo, hi) if b is not None]:
            m = m * c.denominator // gcd(m, c.denominator)
        self.rows.append(({v: int(c * m) for v, c in terms.items()}, None if lo is None else int(lo * m), None if hi is None else int(hi * m), group))
        for v in terms:
            self.known.setdefault(v, (0, None))

    def limit(self, var, lo, hi):
        a, b = self.known.get(var, (0, None))
        self.known[var] = (max(a, lo), hi if b is None else b if hi is None else min(b, hi))

    def parts(self):
        """Parts that have no unknown in common: [(vars, rows)]."""
        up = {v: v for v in self.known}

        def root(v):
            while up[v] != v:
                up[v] = up[up[v]]
                v = up[v]
            return v
        for terms, _, _, _ in self.rows:
            first = root(next(iter(terms)))
            for v in terms:
                up[root(v)] = first
        out = {}
        for v in self.known:
            out.setdefault(root(v), (set(), []))[0].add(v)
        for row in self.rows:
            out[root(next(iter(row[0])))][1].append(row)
        return list(out.values())


def differences(rows):
    """Equations of one group less each other, and all of them in reduced echelon form."""
    equal = [(t, lo, g) for t, lo, hi, g in rows if lo is not None and lo == hi]
    out = []
    for i, (a, x, g) in enumerate(equal):
        for b, y, h in equal[:i]:
            if g is not None and g == h:
                d = {v: a.get(v, 0) - b.get(v, 0) for v in set(a) | set(b)}
                d = {v: c for v, c in d.items() if c}
                if d:
                    out.append((d, x - y, x - y, None))
                elif x != y:
                    raise Infeasible
    if len(equal) > 60:
        return out
    done = []  # (pivot, row, right side)
    for a, x, _ in equal:
        r, s = {v: Fraction(c) for v, c in a.items()}, Fraction(x)
        for p, q, y in done:
            f = r.get(p)
            if f:
                for v, c in q.items():
                    r[v] = r.get(v, 0) - f * c
                s -= f * y
        r = {v: c for v, c in r.items() if c}
        if not r:
            if s:
                raise Infeasible
            continue
        p = min(r, key=repr)
        f = r[p]
        r, s = {v: c / f for v, c in r.items()}, s / f
        for i, (o, q, y) in enumerate(done):
            f = q.get(p)
            if f:
                q = {v: q.get(v, 0) - f * r.get(v, 0) for v in set(q) | set(r)}
                done[i] = (o, {v: c for v, c in q.items() if c}, y - f * s)
        done.append((p, r, s))
    return out + [(q, y, y, None) for _, q, y in done]


def whole(row):
    """The same constraint with integers."""
    terms, lo, hi, group = row
    m = 1
    for c in list(terms.values()) + [b for b in (lo, hi) if b is not None]:
        d = Fraction(c).denominator
        m = m * d // gcd(m, d)
    return {v: int(c * m) for v, c in terms.items()}, None if lo is None else int(lo * m), None if hi is None else int(hi * m), group


def carry(rows, bound):
    """Bounds from constraint to constraint, until none moves; bound {var: [lo, hi or None]} is narrowed in place."""
    two = []  # c*x <= limit only
    for terms, lo, hi, _ in map(whole, rows):
        if hi is not None:
            two.append((terms, hi))
        if lo is not None:
            two.append(({v: -c for v, c in terms.items()}, -lo))
    for _ in range(ROUNDS):
        moved = False
        for terms, limit in two:
            least, free = 0, []
            for v, c in terms.items():
                end = bound[v][0] if c > 0 else bound[v][1]
                if end is None:
                    free.append(v)
                else:
                    least += c * end
            if not free and least > limit:
                raise Infeasible
            if len(free) > 1:
                continue
            for v in free or terms:
                c, b = terms[v], bound[v]
                room = limit - least + (0 if free else c * (b[0] if c > 0 else b[1]))
                if c > 0 and (b[1] is None or room // c < b[1]):
                    b[1], moved = room // c, True
                elif c < 0 and -(room // -c) > b[0]:
                    b[0], moved = -(room // -c), True
                if b[1] is not None and b[0] > b[1]:
                    raise Infeasible
        if not moved:
            return


def simplex(rows, names, bound, aim):
    """Largest value of sum(aim), exact; None when it has no limit. x = lo + y, y >= 0; two phases, Bland's rule."""
    at, table = {v: i for i, v in enumerate(names)}, []
    for terms, lo, hi, _ in rows:
        base = sum(c * bound[v][0] for v, c in terms.items())
        for limit, sign in ((hi, 1), (lo, -1)):
            if limit is not None:
                table.append(({at[v]: Fraction(c * sign) for v, c in terms.items()}, Fraction((limit - base) * sign)))
    table += [({at[v]: Fraction(1)}, Fraction(bound[v][1] - bound[v][0])) for v in names if bound[v][1] is not None]
    n, m = len(names), len(table)
    width = n + m + 1  # one artificial unknown, subtracted from every row
    t = []
    for i, (r, b) in enumerate(table):
        row = [Fraction(0)] * (width + 1)
        for j, c in r.items():
            row[j] = c
        row[n + i], row[n + m], row[width] = Fraction(1), Fraction(-1), b
        t.append(row)
    basis = [n + i for i in range(m)]

    def pivot(i, j):
        f = t[i][j]
        t[i] = [x / f for x in t[i]]
        for o in [q for q in range(m) if q != i and t[q][j]]:
            f = t[o][j]
            t[o] = [x - f * y for x, y in zip(t[o], t[i])]
        basis[i] = j

    def climb(cost, allowed):
        while True:
            price = [cost[j] - sum(cost[basis[i]] * t[i][j] for i in range(m) if cost[basis[i]]) for j in range(allowed)]
            j = next((j for j in range(allowed) if price[j] > 0 and j not in basis), None)
            if j is None:
                return sum(cost[basis[i]] * t[i][width] for i in range(m))
            best = min(((t[i][width] / t[i][j], basis[i], i) for i in range(m) if t[i][j] > 0), default=None)
            if best is None:
                return None
            pivot(best[2], j)
    if m and min(r[width] for r in t) < 0:
        pivot(min(range(m), key=lambda i: t[i][width]), n + m)
        if climb([Fraction(0)] * (n + m) + [Fraction(-1)], width) != 0:
            raise Infeasible
        if n + m in basis:
            i = basis.index(n + m)
            j = next((j for j in range(n + m) if t[i][j]), None)
            if j is not None:
                pivot(i, j)
    cost = [Fraction(0)] * width
    for v, c in aim.items():
        cost[at[v]] = Fraction(c)
    best = climb(cost, n + m)
    return None if best is None else best + sum(c * bound[v][0] for v, c in aim.items())


def solve(names, rows, known):
    """{var: (lo, hi or None)} of one part. Raises Infeasible when it contradicts itself."""
    bound = {v: list(known[v]) for v in names}
    carry(rows + differences(rows), bound)
    if len(rows) > 1 and len(names) <= SIMPLEX_VARS and len(rows) <= SIMPLEX_ROWS:
        order = sorted(names, key=repr)
        for v in order:
            hi, lo = simplex(rows, order, bound, {v: 1}), simplex(rows, order, bound, {v: -1})
            bound[v] = [max(bound[v][0], ceil(-lo)), bound[v][1] if hi is None else floor(hi)]
    return {v: tuple(b) for v, b in bound.items()}
