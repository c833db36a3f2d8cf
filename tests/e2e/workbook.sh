#!/bin/sh
# workbook.sh — a sector's workbook and its CSV say the same, read by a program that did not write them (python3 with openpyxl).
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
PY=
for p in /usr/bin/python3 python3; do "$p" -c 'import openpyxl' 2>/dev/null && PY=$p && break; done
if [ -z "$PY" ]; then
    skip "workbooks read by openpyxl" "python3-openpyxl is not installed"
    done_testing
fi
R=$TMP/reports
small_reports "$R"
check "sample writes deliveries" small_sample "$R" drop
run 0 "a night" night --drop drop --store s.db --out out
S=out/statistics/current
n=0
for book in "$S"/so-lieu/*.xlsx; do
    n=$((n + 1))
    check "$(basename "$book"): every number is the CSV's" "$PY" "$ROOT/tests/e2e/workbook.py" "$book" "$S/data"
done
like "there are workbooks" "$n" '^[1-9]'

# a test that cannot fail is none: one figure changed in the CSV is noticed
cp -r "$S/data" changed
sed -i 's/^\(inv\.disbursement_rate,38,[^,]*,2026-10,\)[0-9.]*/\199.9/' changed/inv.disbursement_rate.csv
book=$S/so-lieu/investment.xlsx
run 1 "a changed figure is noticed" "$PY" "$ROOT/tests/e2e/workbook.py" "$book" changed
like "and named" "$(cat "$TMP/stdout")" "inv.disbursement_rate .*2026-10.*99.9"
done_testing
