#!/bin/sh
# validity.sh — an indicator that is measured from a day, or no longer: nobody delivers, owes or is judged outside; comparisons say where it begins.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
awk -v OFS=, 'NR == 1 { print $0, "valid_from", "valid_to"; next } /^fb\.received,|^fb\.overdue_open,/ { print $0, (/^fb\.received/ ? "2026-11-20" : ""), (/^fb\.overdue/ ? "2026-11-10" : ""); next } { print $0, "", "" }' \
    "$R/catalogue/indicators.csv" >i.csv && cp i.csv "$R/catalogue/indicators.csv"
L="--reports $R --locality nho"
run 0 "a catalogue with days of validity" "$GIAOBAN" check $L
printf 'indicator,region,period,value\nfb.overdue_open,38,2026-11-10,3\n' >van-phong-ubnd_a.csv
printf 'indicator,region,period,value\nfb.overdue_open,38,2026-11-10,3\nfb.overdue_open,38,2026-11-11,4\n' >van-phong-ubnd_b.csv
printf '{"agency":"van-phong-ubnd","as_of":"2026-11-22"}\n' | tee van-phong-ubnd_a.csv.meta.json >van-phong-ubnd_b.csv.meta.json
run 0 "its last day is taken" "$GIAOBAN" intake $L --date 2026-11-22 --store v.db van-phong-ubnd_a.csv
run 65 "the day after is refused" "$GIAOBAN" intake $L --date 2026-11-22 --store v.db van-phong-ubnd_b.csv
like "with line, column, the day and what to do" "$(cat stdout stderr)" "RR-measured"
like "the day" "$(cat stdout stderr)" "chỉ được đo đến 2026-11-10"
printf 'indicator,region,period,value\nfb.received,38,2026-11-20,5\n' >van-phong-ubnd_c.csv
cp van-phong-ubnd_a.csv.meta.json van-phong-ubnd_c.csv.meta.json
run 0 "the first day of another" "$GIAOBAN" intake $L --date 2026-11-22 --store v.db van-phong-ubnd_c.csv
run 0 "explain of the first day" "$GIAOBAN" explain $L --date 2026-11-22 --store v.db fb.received 38 2026-11-20
like "the day before was another figure" "$(tr -s ' \n' ' ' <stdout)" "ngày chỉ số bắt đầu được đo"
sed 's/,2026-11-20,$/,2026-11-20,2026-11-01/' i.csv >"$R/catalogue/indicators.csv"
run 78 "an end before its beginning" "$GIAOBAN" check $L
like "says so" "$(cat stdout stderr)" "valid_to không trước valid_from"
done_testing
