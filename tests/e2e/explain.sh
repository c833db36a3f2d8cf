#!/bin/sh
# explain.sh — giaoban explain: the descent of every kind of figure, as text and as JSON, the same figures as the export.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
L="--reports $R --locality nho --date 2026-11-22"
explain() { "$GIAOBAN" explain $L --store "${S:-s.db}" "$@"; }

# ---- deliveries written by hand: a revision, a figure with more decimals than are stored, a commune that is missing, a workbook's row
mkdir hand
side() { printf '{"agency":"%s","as_of":"%s","seq":%s,"delivered_at":"%sT16:00:00+07:00","title":"Số liệu %s"}\n' "$2" "$3" "$4" "$5" "$3" >"hand/$1.meta.json"; }
printf 'indicator,region,period,value,status,note\ninv.plan_total,14758,2026-09,100,,\ninv.plan_total,14797,2026-09,200.5,,\ninv.disbursed_cum,14758,2026-09,41.25,P,\ninv.disbursed_cum,14797,2026-09,60,,\ninv.disbursed_cum,14812,2026-09,7,,\ninv.plan_total,14812,2026-09,20,,\n' >hand/so-tai-chinh_2026-09.csv
side so-tai-chinh_2026-09 so-tai-chinh 2026-09-30 1 2026-10-03
printf 'indicator,region,period,value,status,note\ninv.disbursed_cum,14758,2026-09,43.1006,A,"đã đối chiếu, Kho bạc"\ninv.disbursed_cum,14758,2026-10,50,,\ninv.disbursed_cum,14797,2026-10,70,,\ninv.plan_total,14758,2026-10,100,,\n' >hand/so-tai-chinh_2026-10.csv
side so-tai-chinh_2026-10 so-tai-chinh 2026-10-31 1 2026-11-03
run 0 "intake of what was written by hand" "$GIAOBAN" intake $L --store h.db hand/so-tai-chinh_2026-09.csv hand/so-tai-chinh_2026-10.csv
S=h.db
figures() { # NAME WORDS... : from the deliveries to the state; the words of the catalogue above it may change any day
    explain_name=$1
    shift
    run 0 "explain $explain_name" explain --out nowhere "$@"
    sed -n '/^Các lần giao nộp/,$p' stdout | grep -v 'SHA-256' >"got.$explain_name.txt"
    golden "golden: $explain_name" "$ROOT/tests/golden/explain/$explain_name.txt" "got.$explain_name.txt"
    is "$explain_name: no line is longer than 96 columns" "$(grep -cE '^.{97}' stdout)" 0
}
figures revised inv.disbursed_cum 14758 2026-09
like "the revision says by how much" "$(cat stdout)" "sửa \+1,851 so với bản trước"
like "what was delivered, to the letter" "$(cat stdout)" 'nguyên văn: "43.1006", trong dòng: inv.disbursed_cum,14758,2026-09,43.1006,A,"đã đối chiếu'
figures ratio inv.disbursement_rate 38 2026-09
figures member-missing inv.disbursed_cum 38 2026-10
like "names who is missing" "$(cat stdout)" "thiếu 1 nơi đã từng có số: 14812"
figures empty inv.disbursement_rate 38 2026-08
like "an empty ratio says which term lacks" "$(tr -s ' \n' ' ' <stdout)" "tử số \(inv.disbursed_cum\) kỳ này chưa có"
run 0 "a ratio whose terms came from different places" explain inv.disbursement_rate 38 2026-10
like "divides those of the places with both: 50 of 100, not 120" "$(cat stdout)" "Con số đang dùng: 50,0000% \(P\)"
like "says so" "$(tr -s ' \n' ' ' <stdout)" "tử số có ở 2 nơi, mẫu số có ở 1 nơi; tỷ lệ chỉ tính ở 1 nơi có cả hai"
like "and who is left out for what" "$(tr -s ' \n' ' ' <stdout)" "thiếu 2 nơi đã từng có số: 14797 [^,]+ \(chỉ có tử số\), 14812 Phường Bỉm Sơn( |$)"
run 0 "the same as JSON" explain --format json inv.disbursement_rate 38 2026-10
like "with the term that lacks" "$(tr -d ' \n' <stdout)" '"left_out":\[\{"region":"14797","lacks":"denominator"\}\]'
run 0 "an empty sum" explain inv.disbursed_cum 38 2026-08
like "says how many reported" "$(cat stdout)" "0 trên 3 nơi đã từng có số giao kỳ này"
run 0 "a figure of one place that did not deliver" explain inv.disbursed_cum 14818 2026-09
like "is not said to be rolled up" "$(tr -s ' \n' ' ' <stdout)" "số của từng nơi không tổng hợp từ nơi khác"
run 0 "a period to come" explain inv.disbursed_cum 38 2031-01
like "has not come" "$(cat stdout)" "kỳ này chưa đến"
run 0 "the quality of an indicator" explain --format json inv.disbursed_cum 38 2026-10
quality() { sed -n '/^  "quality": {/,/^  }/p' stdout; }
quality | tr -d ',' | awk '/"pct":/ { pct = $2 } /"score":/ { score = $2 } /"weight":/ && pct != "null" { sum += pct * $2; all += $2 } END { d = sum / all - score; print (d < 0 ? -d : d) < 0.000001 }' >score
is "its score is the weighted mean of its parts" "$(cat score)" 1
is "of which there are seven, in their order" "$(quality | sed -n 's/.*"part": "\(.*\)".*/\1/p' | tr '\n' ' ')" "complete timely accurate consistent conform unique traceable "
is "each with its counts: three places have come, two of them in time" "$(quality | awk '/"count"|"of"/ { gsub(/[^0-9]/, ""); print }' | head -4 | tr '\n' ' ')" "3 3 2 3 "
run 0 "the same as text" explain inv.disbursed_cum 38 2026-10
like "says the counts" "$(cat stdout)" "Kịp thời: 66,7% \(2 trên 3\), trọng số 25; mức yêu cầu 95%, chưa đạt"
run 0 "for the public" explain --audience public inv.disbursed_cum 38 2026-10
is "says nothing of quality" "$(grep -c 'Chất lượng số liệu' stdout)" 0
sha=$(sha256sum hand/so-tai-chinh_2026-10.csv | cut -c1-64)
run 0 "as JSON" explain --format json inv.disbursed_cum 14758 2026-09
like "with the hash of the file" "$(cat stdout)" "\"sha256\": \"$sha\""
like "with its schema" "$(cat stdout)" '"schema": "giaoban.explain/1"'
vault=$(find h.db.vault -type f -name "$(printf %s "$sha" | cut -c3-)")
chmod u+w "$vault" && echo "x" >>"$vault"
run 0 "a file of the vault that was changed" explain inv.disbursed_cum 14758 2026-09
like "is noticed, and the rest is told" "$(tr -s ' \n' ' ' <stdout)" "nguyên văn: .*không còn đúng mã băm"
run 64 "unknown indicator" explain inv.plan_totals 38 2026-09
like "with the nearest codes" "$(cat stderr)" "mã gần nhất: inv.plan_total"
run 64 "unknown region" explain inv.plan_total 1475 2026-09
like "with the nearest regions" "$(cat stderr)" "mã gần nhất: 14758"
run 64 "another format" explain --format xml inv.plan_total 38 2026-09
is "an error says nothing on standard output" "$(wc -c <stdout)" 0

# ---- a figure that giaoban computes itself: three of the indicators that are due have come, counted here from the catalogue
due=$(grep -cE '^(inv|fb)\.' "$R/catalogue/indicators.csv")
cp -R "$R" computed
grep -E '^dq\.ontime_rate,' "$ROOT/reports/catalogue/indicators.csv" >>computed/catalogue/indicators.csv
of_itself() { "$GIAOBAN" explain --reports computed --locality nho --date 2026-11-22 --store h.db --out nowhere "$@"; }
run 0 "a figure computed by giaoban" of_itself dq.ontime_rate 38 2026-11-04
want=$(awk -v n="$due" 'BEGIN { printf "%.4f", 300 / n }' | tr . ,)
like "is the share of what is due" "$(cat stdout)" "Con số đang dùng: $want% \\(A\\) — giaoban tính từ các bản giao nộp"
like "which nobody delivered" "$(cat stdout)" "không có cơ quan nào giao nộp con số này"
run 0 "the same as JSON" of_itself --format json dq.ontime_rate 38 2026-11-04
like "with its origin" "$(cat stdout)" '"origin": "computed"'
run 0 "a day before anything came" of_itself dq.ontime_rate 38 2026-10-01
like "says that there was nothing to compute from" "$(tr -s ' \n' ' ' <stdout)" "đến hết ngày ấy chưa có gì để tính"

# ---- a whole night: every figure of the export, and the documents that show it
S=s.db
check "sample writes deliveries" small_sample "$R" drop
run 0 "a night" night --drop drop --store s.db --out out
"$GIAOBAN" export $L --store s.db --evaluation -o ev.csv
awk -F, 'NR > 1 && $3 != "" && ($2 == "38" || $2 == "14758") { print $1, $2, $3, $4 }' ev.csv >figures
: >wrong
n=0
while read -r code region period value; do
    n=$((n + 1))
    explain --format json --out out "$code" "$region" "$period" >one.json 2>one.err || echo "$code $region $period: exit $?" >>wrong
    sed -n '/^  "figure": {/,/^  }/s/^    "value": \(.*\),$/\1/p' one.json | head -1 | awk -v want="$value" '{ if ($1 + 0 == want + 0) ok = 1 } END { exit !ok }' ||
        echo "$code $region $period: not $value" >>wrong
done <figures
check "the walk meets figures" test "$n" -gt 20
is "every newest figure is explained, with the value of the export" "$(head -5 wrong)" ""
shown() { sed -n '/^Tài liệu nêu/,$p' stdout; }
run 0 "a figure in documents" explain --out out inv.disbursement_rate 38 2026-10
like "the daily briefing, its section and what it shows" "$(shown | tr '\n' ' ')" "daily.html, .pdf: Tình hình +phần .*giá trị"
like "the page of the indicator" "$(shown)" "chi-so/inv.disbursement_rate.html"
like "the data" "$(shown)" "data/inv.disbursement_rate.json"
run 0 "for the public" explain --audience public --out out inv.disbursement_rate 38 2026-10
is "hears of no other edition" "$(shown | grep -cE '^  (leadership|front|statistics|ioc)')" 0
is "and of no delivery" "$(grep -cE 'bản giao nộp|SHA-256' stdout)" 0
internal=$(awk -F, '/,internal,/ && /^(inv|fb)\./ { print $1; exit }' "$R/catalogue/indicators.csv")
if [ -n "$internal" ]; then
    freq=$(awk -F, -v c="$internal" '$1 == c { print $3; exit }' ev.csv)
    run 64 "the public does not see an internal indicator" explain --audience public "$internal" 38 "${freq:-2026-10}"
    is "nor does facts.csv of its edition" "$(grep -c ",$internal," out/public/current/facts.csv)" 0
fi
run 0 "without an edition" explain --out nowhere inv.disbursement_rate 38 2026-10
like "it says so" "$(shown)" "chưa có ấn bản nào trong nowhere"
run 0 "a figure that came in a workbook" explain --out nowhere inv.plan_total 14758 2026-10
like "names its cell" "$(cat stdout)" 'nguyên văn ô [^!]+![A-Z]+[0-9]+: "[0-9.]+"'
done_testing
