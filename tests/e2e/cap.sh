#!/bin/sh
# cap.sh — a hazard from its first night to its end as CAP messages of the operations centre's edition: Alert, Update, Cancel, each naming the
# one before; valid by the schema of OASIS when it is here; real figures are Actual, made-up ones Exercise; nobody else gets any of it.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
XSD=${CAP_XSD:-$ROOT/../shared/data/schemas/cap-1.2/CAP-v1.2.xsd}
small_reports "$R"
cp "$ROOT/reports/scenarios/flood-pollution-warning.lua" "$R/scenarios/"
cp "$ROOT"/reports/lib/*.lua "$R/lib/"
grep -ohE '"[a-z]+\.[a-z0-9_]+"' "$R"/scenarios/*.lua | tr -d '"' | sort -u >codes
awk -F, 'FNR == NR { want[$1] = 1; next } FNR > 1 && ($1 in want) && $1 !~ /^(inv|fb)\./' codes "$ROOT/reports/catalogue/indicators.csv" \
    >>"$R/catalogue/indicators.csv"
first=$(awk -F, 'NR > 2 { print $1; exit }' "$R/localities/nho/regions.csv")
run 0 "the definitions hold" "$GIAOBAN" check --reports "$R" --locality nho

delivery() { # NAME AS_OF SAMPLE CASES-OF-EACH-DAY...: pollution incidents from 16/11 on in one commune
    mkdir -p drop
    {
        echo 'indicator,region,period,value'
        day=16
        for n in $4; do
            echo "env.hot_cases,$first,2026-11-$day,$n"
            day=$((day + 1))
        done
    } >"drop/so-nong-nghiep-moi-truong_$1.csv"
    echo "{ \"agency\": \"so-nong-nghiep-moi-truong\", \"as_of\": \"$2\", \"delivered_at\": \"$2T17:00:00+07:00\", \"sample\": $3 }" \
        >"drop/so-nong-nghiep-moi-truong_$1.meta.json"
}
night_of() { "$GIAOBAN" night --reports "$R" --locality nho --date "$1" --drop drop --store "${2:-s.db}" --out "${3:-out}" >log.txt 2>&1; }
cap=out/ioc/current/cap/flood-pollution-warning.xml
field() { sed -n "s/.*<$1>\(.*\)<\/$1>.*/\1/p" "${2:-$cap}" | head -1; }
valid() {
    if [ -f "$XSD" ] && command -v xmllint >/dev/null; then check "$1 is valid by the schema" xmllint --noout --schema "$XSD" "$cap"; else
        skip "$1 is valid by the schema" "no CAP-v1.2.xsd or no xmllint"; fi
}
state() { jq -r '.scenarios[] | select(.scenario == "flood-pollution-warning") | .'"$1" out/ioc/current/state.json; }

delivery 17 2026-11-17 false "1 1"
night_of 2026-11-17
check "a calm night has no message" test ! -e $cap
is "and says so" "$(state cap) $(state state) $(state rule)" "null calm none"

delivery 18 2026-11-18 false "1 1 7"
night_of 2026-11-18
is "the first night at danger" "$(field msgType) $(field status) $(field severity) $(field urgency)" "Alert Actual Severe Immediate"
valid "an Alert"
is "the state names it" "$(state cap) $(state state) $(state rule) $(state before) $(state open)" "cap/flood-pollution-warning.xml ad-hoc danger calm true"
is "and its figure, the limit and since when" "$(state 'reason | "\(.indicator) \(.value) \(.threshold) \(.since)"')" "env.hot_cases 7 6 2026-11-18"
id=$(field identifier)
is "its identifier" "$id" "giaoban-38-flood-pollution-warning-2026-11-18"
is "it refers to nothing" "$(field references)" ""
like "it says what happened" "$(field description)" "Số vụ ô nhiễm môi trường phát sinh ngày 18/11/2026 là 7 vụ, ở mức nguy hiểm"
like "and who does what" "$(field instruction)" "yêu cầu cơ sở gây ô nhiễm dừng hoạt động, trong 6 giờ"
like "the manifest lists it" "$(cat out/ioc/current/manifest.json)" '"cap/flood-pollution-warning.xml"'
check "the edition is whole" "$GIAOBAN" verify out/ioc/current
for a in leadership statistics front public; do is "$a gets none" "$(find out/$a/current/ -path '*cap/*' | wc -l)" 0; done
cp $cap first.xml
rm -rf again && "$GIAOBAN" night --reports "$R" --locality nho --date 2026-11-18 --drop drop --store again.db --out again >log.txt 2>&1
same_files "another machine writes the same" first.xml again/ioc/current/cap/flood-pollution-warning.xml

delivery 19 2026-11-19 false "1 1 7 1"
night_of 2026-11-19
is "the night after stands down" "$(field msgType) $(field responseType) $(state state)" "Update Monitor stand-down"
valid "an Update"
is "and names the one before" "$(field references)" "giaoban-vn-38,$id,2026-11-18T00:00:00+07:00"
delivery 21 2026-11-21 false "1 1 7 1 1 1"
night_of 2026-11-21
is "the third night below ends it" "$(field msgType) $(field responseType) $(state state)" "Cancel AllClear calm"
valid "a Cancel"
night_of 2026-11-22
check "after that there is none" test ! -e $cap

rm -rf drop out
delivery 18 2026-11-18 true "1 1 7"
night_of 2026-11-18 sample.db
is "made-up figures are an exercise" "$(field status) $(field identifier)" "Exercise giaoban-38-flood-pollution-warning-2026-11-18-exercise"
like "which the headline says" "$(field headline)" "DIỄN TẬP, SỐ LIỆU MẪU"
valid "an Exercise"

# the definition of a hazard is checked before any night
sed -i 's/category = { "Met", "Infra" }/category = "Flood"/' "$R/scenarios/flood-pollution-warning.lua"
run 78 "a category that CAP does not know is refused" "$GIAOBAN" check --reports "$R" --locality nho
like "by name" "$(cat "$TMP/stderr" "$TMP/stdout")" 'không có category "Flood"'
done_testing
