#!/bin/sh
# sheet.sh — the sheet of each commune and ward is one page, for leadership and for the public, with the project's own definition,
# catalogue and communes of two localities; and what tasks say on it is not told to those who may not see it.
. "$ROOT/tests/lib.sh"
command -v pdfinfo >/dev/null 2>&1 || { skip "one page a commune" "no pdfinfo"; done_testing; }
R=$TMP/reports
mkdir -p "$R/site"
cp -r "$ROOT/reports/catalogue" "$ROOT/reports/localities" "$ROOT/reports/lib" "$R/"
cp "$ROOT/reports/commune.lua" "$R/"
cp "$ROOT/reports/site/about.lua" "$R/site/"
# The sanitizers make a night of 166 communes too long: there the smaller place stands for both.
case $GIAOBAN in */build/asan/*) places=an-giang ;; *) places="thanh-hoa an-giang" ;; esac
# leads.csv names scenarios by their definitions' codes: the catalogue alone is enough for a sheet
for place in $places; do
    [ -d "$R/localities/$place" ] || continue
    "$GIAOBAN" sample --reports "$R" --locality $place --from 2026-06-01 --to 2026-11-22 -o "drop-$place" 2>/dev/null
    "$GIAOBAN" night --reports "$R" --locality $place --date 2026-11-22 --drop "drop-$place" --store "$place.db" --out "out-$place" >"$place.log" 2>&1
    communes=$(awk -F, -v q= 'NR > 1 && ($3 == "commune" || $3 == "ward" || $3 == "special-zone")' "$R/localities/$place/regions.csv" | wc -l)
    for a in leadership public; do
        n=0 long=
        for f in "out-$place/$a/current/dia-ban/"*.pdf; do
            [ -f "$f" ] || continue
            n=$((n + 1))
            [ "$(pdfinfo "$f" 2>/dev/null | awk '/^Pages:/ { print $2 }')" = 1 ] || long="$long $(basename "$f")"
        done
        is "$place, $a: no sheet is longer than a page" "$long" ""
        check "$place, $a: there are sheets ($n of about $communes)" test "$n" -ge 90
    done
    one=$(ls "out-$place/public/current/dia-ban/"*.html | head -1)
    like "$place: the public's page offers the printed sheet" "$(cat "$one")" 'Bản in một trang \(PDF\)'
    [ $place = an-giang ] || # its plan gives communes no task of their own
        check "$place: leadership is told states of tasks" grep -q 'chưa báo cáo' "out-$place/leadership/current/dia-ban/$(basename "$one")"
    is "$place: the public is not told states of tasks" "$(grep -lE 'chưa báo cáo|sắp đến hạn|task\.progress' "out-$place/public/current/dia-ban/"*.html | wc -l)" 0
done
done_testing
