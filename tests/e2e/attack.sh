#!/bin/sh
# attack.sh — small counts over three nights with late and revised deliveries: an attacker with every public and front edition works out
# none of them. And that he could: leaks are planted in the same editions, and in small ones of his own (attack/selftest.py).
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
awk -F, '/^(ep\.(dengue|hfmd)|soc\.(poor_hh|poor_rate|housing_done)|gr\.mediation(s|_rate)|ts\.(deaths|alcohol|violations)|pop\.households),/' \
    "$ROOT/reports/catalogue/indicators.csv" >>"$R/catalogue/indicators.csv"
awk -F, 'NR == 1 || $2 == "*" || /^at-most,(ts|fb)\./' "$ROOT/reports/catalogue/consistency.csv" >"$R/catalogue/consistency.csv"
awk -F, 'NR==1 || $1=="38" || ($3=="ward" && n++<14)' "$small_from/regions.csv" >"$R/localities/nho/regions.csv"
"$GIAOBAN" sample --reports "$R" --locality nho --from 2026-01-01 --to 2026-11-20 -o all 2>sample.log

# The first night lacks every fifth delivery, and of others some counts are lower; the second brings the lower ones as they are, the third all.
mkdir drop
n=0
for f in all/*.csv; do
    n=$((n + 1))
    b=$(basename "$f" .csv)
    [ $((n % 5)) -eq 0 ] || cp "$f" "all/$b.meta.json" drop/
    [ $((n % 7)) -ne 1 ] || [ ! -f "drop/$b.csv" ] || awk 'BEGIN { FS = OFS = "," }
        /^(ep|ts|gr\.mediations)/ && NR % 3 == 0 && $4 ~ /^[0-9]+$/ && $4 > 1 { $4 = int($4 / 2) } { print }' "$f" >"drop/$b.csv"
done
nights() { "$GIAOBAN" night --reports "$R" --locality nho --date "$1" --drop drop --store s.db --out out >"night.$1" 2>&1; }
passes() { case $1 in 0 | 10) ok "$2" ;; *) not_ok "$2" "status $1: $(tail -n 12 "$3")" ;; esac; }
nights 2026-11-20
passes $? "the first night" night.2026-11-20
for f in all/*.csv; do
    b=$(basename "$f" .csv)
    [ ! -f "drop/$b.csv" ] || cmp -s "$f" "drop/$b.csv" || {
        cp "$f" "drop/${b}_lan-2.csv"
        sed -E 's/"seq": *([0-9]+)/"seq": 9\1/' "all/$b.meta.json" >"drop/${b}_lan-2.meta.json"
    }
done
nights 2026-11-21
passes $? "the second, with revisions" night.2026-11-21
like "which are taken" "$(cat night.2026-11-21)" "[1-9][0-9]* bản mới .* 0 bản bị từ chối"
like "without conflicts" "$(grep -c "xung đột" night.2026-11-21)" "^0$"
cp all/*.csv all/*.json drop/
nights 2026-11-22
passes $? "the third, with what was late" night.2026-11-22
"$GIAOBAN" export --reports "$R" --locality nho --date 2026-11-22 --store s.db --audience leadership -o truth.csv 2>/dev/null
attack() { python3 "$ROOT/tests/attack/attack.py" --indicators "$R/catalogue/indicators.csv" --truth truth.csv "$@"; }
run 0 "nothing is worked out" attack out/public/rel/* out/front/rel/*
like "of many" "$(tail -n 1 stdout)" '^6 editions, 3 nights, [0-9]{3,} withheld cells, [0-9]{2,} equations, 0 false bounds, 0 findings$'

# Planted: the newest edition shows all but the small counts themselves; one figure in a document; a page that says one.
cp -RL out/public/current planted
python3 - truth.csv planted/data/*.csv <<'P'
import csv, sys
truth = {(r["indicator"], r["region"], r["period"]): r["value"] for r in csv.DictReader(open(sys.argv[1], encoding="utf-8"))}
for path in sys.argv[2:]:
    rows = list(csv.reader(open(path, encoding="utf-8", newline="")))
    if rows[0][6] != "status":
        continue
    for r in rows[1:]:
        value = truth.get((r[0], r[1], r[3]), "")
        if r[6] == "Q" and value.isdigit() and not 0 < int(value) < 5:
            r[4], r[6] = value, "A"
    csv.writer(open(path, "w", encoding="utf-8", newline="")).writerows(rows)
P
rm planted/data/*.json
mv planted 2026-11-22-planted
run 1 "only primary: worked out" attack --no-pdf 2026-11-22-planted
like "and it names the cells" "$(cat stdout)" '^bound: [a-z._]+ [0-9]+ .* between [0-9]+ and [0-9]+ '
run 0 "small editions with a leak each" python3 "$ROOT/tests/attack/selftest.py"
done_testing
