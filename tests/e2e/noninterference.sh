#!/bin/sh
# noninterference.sh — F06: every internal value changed, the public and the Front's editions are the same byte for byte. And the other
# way round: a changed public value changes the public edition (so that the test can fail).
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
# inv.bottlenecks_open is internal but for statisticians; inv.land_rate becomes internal altogether
python3 - "$R/catalogue/indicators.csv" <<'P' || { skip "noninterference" "no python3"; done_testing; }
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
for r in rows:
    if r["code"] == "inv.land_rate":
        r["classification"] = "internal"; r["statistics"] = ""
with open(sys.argv[1], "w", newline="", encoding="utf-8") as f:
    w = csv.DictWriter(f, rows[0].keys(), lineterminator="\n"); w.writeheader(); w.writerows(rows)
P
run 0 "the catalogue is still right" "$GIAOBAN" check --reports "$R" --locality nho
small_sample "$R" drop
change() { # CODES FROM TO: another value for each of their rows
    cp -r "$2" "$3"
    for f in "$3"/*.csv; do
        awk -F, -v codes="$1" 'BEGIN { OFS = ","; n = split(codes, c, " "); for (i = 1; i <= n; i++) is[c[i]] = 1 }
            { sub(/\r$/, "") } FNR > 1 && $1 in is && $4 != "" { $4 = ($4 + 1 > 90 && $4 <= 100) ? $4 - 1 : $4 + 1 } { print }' "$f" >"$f.new" && mv "$f.new" "$f"
    done
}
change "inv.land_rate inv.bottlenecks_open" drop drop-internal
check "something did change" sh -c '! diff -rq drop drop-internal >/dev/null'
night --drop drop --store a.db --out a >/dev/null 2>&1
is "first night" "$?" 0
night --drop drop-internal --store b.db --out b >/dev/null 2>&1
is "second night" "$?" 0
for x in public front; do
    diff -r "a/$x/current/" "b/$x/current/" >d.txt 2>&1
    is "$x: not one byte differs" "$(head -c 300 d.txt)" ""
    is "$x: not even the id" "$(readlink a/$x/current)" "$(readlink b/$x/current)"
done
check "leadership does see the difference" sh -c '! diff -rq a/leadership/current/ b/leadership/current/ >/dev/null'
for code in inv.land_rate inv.bottlenecks_open; do
    is "public: no word of $code" "$(grep -rlF "$code" a/public/current/ | wc -l)" 0
done
change "inv.plan_total" drop drop-public
night --drop drop-public --store c.db --out c >/dev/null 2>&1
check "a public value does change the public edition" sh -c '! diff -rq a/public/current/ c/public/current/ >/dev/null'
is "public: made-up figures are marked" "$(grep -c 'SỐ LIỆU MẪU' a/public/current/index.html)" 1
# a whole delivery more, of an internal indicator alone: neither how many there are, nor from when, nor that one of them is made up
cp -r drop drop-real
sed -i 's/"sample": true/"sample": false/' drop-real/*.meta.json
more() { # FROM TO SAMPLE
    cp -r "$1" "$2"
    printf 'indicator,region,period,value,status,note\ninv.land_rate,14797,2026-11,61,A,\n' >"$2/so-tai-chinh_2026-11.csv"
    printf '{ "agency": "so-tai-chinh", "as_of": "2026-11-20", "delivered_at": "2026-11-21T09:07:00+07:00", "sample": %s }\n' "$3" \
        >"$2/so-tai-chinh_2026-11.meta.json"
}
more drop-real drop-more false
more drop-real drop-made-up true
for d in real more made-up; do
    night --drop drop-$d --store "s-$d.db" --out "o-$d" >/dev/null 2>&1
    is "night of $d" "$?" 0
done
for x in public front; do
    is "$x: nothing is marked as made up" "$(grep -rlF 'SỐ LIỆU MẪU' o-real/$x/current/ | wc -l)" 0
    for d in more made-up; do
        diff -r "o-real/$x/current/" "o-$d/$x/current/" >d.txt 2>&1
        is "$x: not one byte differs with an internal delivery more ($d)" "$(head -c 300 d.txt)" ""
        is "$x: not even the id ($d)" "$(readlink o-real/$x/current)" "$(readlink o-$d/$x/current)"
    done
done
# definitions that are not theirs: another name of an internal indicator, another target of it, a word in a report for leadership alone
cp -r "$R" reports-kept
printf '%s\n' 'return gb.report { code = "inside", type = "BÁO CÁO", title = "Nội bộ", audiences = { "leadership" }, rhythm = "daily",' \
    '  body = function(doc, s) doc:table { s:all(), title = "Nội bộ", columns = { "value" } } end }' >"$R/inside.lua"
night --drop drop-real --store s-def.db --out o-def1 >/dev/null 2>&1
is "night with a report for leadership alone" "$?" 0
sed -i '/^inv.land_rate,/s/,[^,]*,/,Tên khác hẳn,/' "$R/catalogue/indicators.csv"
sed -i 's/^inv.land_rate,38,2026,[0-9]*,/inv.land_rate,38,2026,77,/' "$R/localities/nho/targets.csv"
check "the internal target is another" grep -q '^inv.land_rate,38,2026,77,' "$R/localities/nho/targets.csv"
printf '%s\n' '-- another word' >>"$R/inside.lua"
night --drop drop-real --store s-def.db --out o-def2 >/dev/null 2>&1
is "night with other internal definitions" "$?" 0
for x in public front; do
    diff -r "o-real/$x/current/" "o-def1/$x/current/" >d.txt 2>&1
    is "$x: not one byte differs with a report more for others" "$(head -c 300 d.txt)" ""
    diff -r "o-def1/$x/current/" "o-def2/$x/current/" >d.txt 2>&1
    is "$x: not one byte differs with other internal definitions" "$(head -c 300 d.txt)" ""
    is "$x: not even the id" "$(readlink o-def1/$x/current)" "$(readlink o-def2/$x/current)"
done
like "leadership: the new name" "$(cat o-def2/leadership/current/*.html)" "Tên khác hẳn"
printf '%s\n' '-- another word' >>"$R/site/home.lua"
night --drop drop-real --store s-def.db --out o-def3 >/dev/null 2>&1
check "a definition of the public's own gives it another id" test "$(readlink o-def2/public/current)" != "$(readlink o-def3/public/current)"
is "and the Front not" "$(readlink o-def2/front/current)" "$(readlink o-def3/front/current)"
rm -r "$R" && mv reports-kept "$R"
like "leadership: figures are as of the new delivery" "$(cat o-more/leadership/current/*.html)" "Số liệu tính đến 09 giờ 07 ngày 21/11/2026"
like "leadership: what it sees of it is marked" "$(cat o-made-up/leadership/current/*.html)" "SỐ LIỆU MẪU"
done_testing
