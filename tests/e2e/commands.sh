#!/bin/sh
# commands.sh — every command but night on the binary, with its exit statuses.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
small_sample "$R" drop
L="--reports $R --locality nho --date 2026-11-22"

run 0 "help" "$GIAOBAN" --help
for c in night intake brief check plan explain export verify sample outlines keygen version; do
    run 0 "$c --help" "$GIAOBAN" $c --help
    like "$c --help has English" "$(cat stdout)" "English:"
done
run 0 "version" "$GIAOBAN" version

run 0 "check" "$GIAOBAN" check $L
cp -r "$R" bad
sed -i '2s/,monthly,/,fortnightly,/; 2s/,quarterly,/,fortnightly,/; 2s/,yearly,/,fortnightly,/' bad/catalogue/indicators.csv
run 78 "check finds a bad frequency" "$GIAOBAN" check --reports bad --locality nho
like "with file and line" "$(cat stdout)" "indicators.csv:2"
cp -r "$R" bad2
sed -i 's/s:take(5, s:alerts(gb.watch))/s["inv.plan_totl"]/' bad2/daily.lua
run 78 "check runs the definitions: a slip in a code of a family that is measured here" "$GIAOBAN" check --reports bad2 --locality nho
like "names the definition and the code" "$(cat stdout)" 'daily.lua.*"inv.plan_totl"'
cp -r "$R" bad3
sed -i 's/doc:source()/doc:nothing_of_the_kind()/' bad3/daily.lua
run 78 "check runs the definitions: a call that is none" "$GIAOBAN" check --reports bad3 --locality nho

run 0 "plan" "$GIAOBAN" plan $L
is "plan: one object a line" "$(grep -vc '^{.*}$' stdout)" 0
like "plan has the daily briefing" "$(cat stdout)" '"id":"leadership/daily/periodic"'
cp stdout plan1
"$GIAOBAN" plan $L >plan2
same_files "plan is the same twice" plan1 plan2

run 0 "intake" "$GIAOBAN" intake $L --store s.db drop/*.csv drop/*.xlsx
run 0 "intake of the same again" "$GIAOBAN" intake $L --store s.db drop/*.csv drop/*.xlsx
like "says so" "$(cat stdout)" "không có gì thay đổi"
printf 'indicator,region,period,value\nno.such,38,2026-10,1\n' >so-tai-chinh_x.csv
run 65 "intake refuses an unknown indicator" "$GIAOBAN" intake $L --store s.db so-tai-chinh_x.csv
run 64 "intake of a file that is not there" "$GIAOBAN" intake $L --store s.db nothing.csv

for f in pdf html xlsx csv json; do
    run 0 "brief to $f" "$GIAOBAN" brief $L --store s.db daily -o "b.$f"
    check "b.$f is there" test -s "b.$f"
done
is "the PDF is one" "$(head -c 5 b.pdf)" "%PDF-"
run 0 "brief of one indicator for the public" "$GIAOBAN" brief $L --store s.db --audience public site/indicator:inv.disbursement_rate -o i.html
run 64 "brief for an audience it does not serve" "$GIAOBAN" brief $L --store s.db --audience public daily -o b.html
run 64 "brief to an unknown format" "$GIAOBAN" brief $L --store s.db daily -o b.doc
run 64 "brief of a group that the locality's plan does not name" "$GIAOBAN" brief --locality an-giang --date 2026-11-22 --store s.db ig-smart-traffic -o b.pdf
like "and says that it is off there" "$(cat "$TMP/stderr")" "đang tắt"
run 64 "brief of an unknown report" "$GIAOBAN" brief $L --store s.db nothing -o b.pdf
# a command that leaves nothing behind never ends with 10, "published, with findings"
cp -r "$R" loops
cat >loops/daily.lua <<'L'
return gb.report { code = "daily", title = "x", audiences = { "leadership" }, rhythm = "daily", body = function(doc, s) while true do end end }
L
run 78 "brief of a report that uses up its budget" "$GIAOBAN" brief --reports loops --locality nho --date 2026-11-22 --store s.db daily -o loops.html
check "leaves no file" test ! -e loops.html
run 74 "brief without a store" "$GIAOBAN" brief $L --store none.db daily -o b.pdf

run 0 "explain a delivered figure" "$GIAOBAN" explain $L --store s.db inv.plan_total 14758 2026-09
like "names file and line" "$(cat stdout)" "tệp so-tai-chinh.*dòng [0-9]+"
like "explain says on which days the period lies" "$(cat stdout)" "theo dương lịch; kỳ này từ 01/09/2026 đến 30/09/2026"
like "explain names the hash of the file" "$(cat stdout)" "SHA-256 của tệp: [0-9a-f]{64}"
run 0 "explain with the forecast" "$GIAOBAN" explain $L --outlook --store s.db inv.disbursement_rate 38 2026-09
like "explain tells how the forecast was made" "$(cat stdout)" "^Dự báo\. Phương pháp: "
like "explain tells of the year's end" "$(cat stdout)" "^  Cả năm: "
run 0 "explain an empty period" "$GIAOBAN" explain $L --store s.db inv.disbursement_rate 38 2031-09
like "an empty period is not called rolled up" "$(cat stdout)" "đang dùng: chưa có số liệu kỳ này: kỳ này chưa đến$"
run 0 "explain a rolled-up figure" "$GIAOBAN" explain $L --store s.db inv.plan_total 38 2026-09
like "lists the communes" "$(cat stdout)" "Tổng hợp từ"
# A figure that was rolled up can be computed again from what explain says, by anybody with a calculator.
vi() { grep -E "$1" stdout | grep -oE "$2 -?[0-9.]+(,[0-9]+)?" | head -1 | sed 's/.* //; s/\.//g; s/,/./'; }
terms() { grep -oE "^  [0-9]{5} .*$1 -?[0-9.]+(,[0-9]+)?" stdout | sed 's/.* //; s/\.//g; s/,/./' | awk '{ s += $1 } END { printf "%.4f", s }'; }
run 0 "explain a ratio" "$GIAOBAN" explain $L --all --store s.db inv.disbursement_rate 38 2026-09
used=$(vi "^Con số đang dùng" "đang dùng:") num=$(vi "^  38 " "tử số") den=$(vi "^  38 " "mẫu số")
check "a ratio follows from its two sums" awk "BEGIN { d = 100 * $num / $den - $used; exit !(d < 0.0051 && d > -0.0051) }"
is "the numerators of the communes add up" "$(terms "tử số")" "$(printf %.4f "$num")"
is "and the denominators" "$(terms "mẫu số")" "$(printf %.4f "$den")"
run 0 "explain a weighted mean" "$GIAOBAN" explain $L --all --store s.db fb.satisfied_rate 38 2026-10
used=$(vi "^Con số đang dùng" "đang dùng:") num=$(vi "^  tổng" "\(giá trị × trọng số\)")
den=$(grep "^  tổng trọng số" stdout | sed 's/.*tổng trọng số ([^)]*) //; s/ .*//; s/\.//g; s/,/./')
check "a weighted mean follows from its two sums" awk "BEGIN { d = $num / $den - $used; exit !(d < 0.0051 && d > -0.0051) }"
is "the weights of the communes add up" "$(terms "trọng số")" "$(printf %.4f "$den")"
like "an administrative month closes on the 14th" "$(tr -s ' \n' ' ' <stdout)" "kỳ này từ 15/09/2026 đến 14/10/2026"
run 64 "explain an unknown region" "$GIAOBAN" explain $L --store s.db inv.plan_total 99 2026-09
run 64 "explain a period of another frequency" "$GIAOBAN" explain $L --store s.db inv.plan_total 38 2026-W07

for f in csv json sqlite; do run 0 "export to $f" "$GIAOBAN" export $L --store s.db -o "e.$f"; done
run 0 "export of what was derived" "$GIAOBAN" export $L --store s.db --evaluation -o ev.csv
if command -v sqlite3 >/dev/null; then
    is "as many rows in SQL as in CSV" "$(sqlite3 e.sqlite 'SELECT count(*) FROM observation')" "$(($(wc -l <e.csv) - 1))"
fi
run 0 "export for the public" "$GIAOBAN" export $L --store s.db --audience public -o p.csv
is "which holds no internal indicator" "$(cut -d, -f1 p.csv | sort -u | grep -cxF "$(awk -F, '$25=="internal" { print $1 }' "$R/catalogue/indicators.csv" | head -1)")" 0
run 64 "export as of a day before everything" "$GIAOBAN" export $L --store s.db --as-of 2000-01-01 -o x.csv
run 64 "no log of a store that saw no night" "$GIAOBAN" export $L --store s.db --events -o x.csv
like "it says what to do" "$(cat stderr)" "giaoban night"
run 64 "the log is not for the public" "$GIAOBAN" export $L --store s.db --events --audience public -o x.csv
run 64 "nor of a vintage" "$GIAOBAN" export $L --store s.db --events --vintage 1 -o x.csv
run 64 "nor as SQLite" "$GIAOBAN" export $L --store s.db --events -o x.sqlite
run 64 "export to nothing" "$GIAOBAN" export $L --store s.db

run 0 "keygen" "$GIAOBAN" keygen k
run 74 "keygen does not replace a key" "$GIAOBAN" keygen k
is "the key is private" "$(stat -c %a k)" 600
run 0 "a signed night" night --store s.db --out out --key k
run 0 "its log of episodes" "$GIAOBAN" export $L --store s.db --events --date 2026-11-22 -o log.json
like "as JSON" "$(cat log.json)" '"schema": "giaoban.log/1"'
run 10 "a night that cannot write the log is published and says so" env GB_FAULT=store.episodes:1 "$GIAOBAN" night $L --store s.db --out out3
like "to those who run it" "$(tail -3 out3/ioc/current/manifest.json; cat out3/ioc/current/manifest.json)" "episode-log"
check "not to the public" sh -c '! grep -q episode-log out3/public/current/manifest.json'
run 0 "verify with the public key" "$GIAOBAN" verify --pub k.pub out/public/current
"$GIAOBAN" keygen k2 >/dev/null
run 65 "verify with another key" "$GIAOBAN" verify --pub k2.pub out/public/current
echo x >>out/public/current/index.html
run 65 "verify sees a changed file" "$GIAOBAN" verify out/public/current
run 74 "verify of nothing" "$GIAOBAN" verify out/none
run 64 "sample without dates" "$GIAOBAN" sample --reports "$R" --locality nho -o d2
done_testing
