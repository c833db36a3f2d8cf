#!/bin/sh
# recompute.sh — every figure of a sample's evaluation and of its documents, computed again by exact fractions: no difference.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
"$GIAOBAN" sample --reports "$R" --locality nho --from 2025-01-01 --to 2026-11-21 -o drop 2>/dev/null
run 0 "a night of two years of deliveries" night --drop drop --store s.db --out out
"$GIAOBAN" export --reports "$R" --locality nho --date 2026-11-22 --store s.db -o seen.csv 2>/dev/null
"$GIAOBAN" export --reports "$R" --locality nho --date 2026-11-22 --store s.db --evaluation -o found.csv 2>/dev/null
"$GIAOBAN" brief --reports "$R" --locality nho --date 2026-11-22 --store s.db daily -o daily.json 2>/dev/null
again() { python3 "$ROOT/tests/e2e/recompute.py" "$R" nho "$1" seen.csv "$2" daily.json; }
run 0 "what was found is what fractions find" again 2026-11-22 found.csv
like "in all of it" "$(cat stdout)" '^[0-9]{2,} series, [0-9]{4,} figures of the evaluation, [0-9]{2,} of the documents, 0 differences$'

# a difference would be seen: one figure in the last place, one series less, one figure of a document
awk -F, 'BEGIN { OFS = "," } $1 == "inv.disbursed_cum" && $2 == 38 { $4++ } { print }' found.csv >wrong.csv
run 1 "a wrong figure is found" again 2026-11-22 wrong.csv
like "and named" "$(cat stdout)" '^inv.disbursed_cum 38 latest_value: '
grep -v '^fb.ontime_rate,38,' found.csv >wrong.csv
run 1 "a series that is not there is missed" again 2026-11-22 wrong.csv
run 1 "another day is another evaluation" again 2026-09-22 found.csv
done_testing
