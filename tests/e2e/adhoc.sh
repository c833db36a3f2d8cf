#!/bin/sh
# adhoc.sh — three nights of one scenario: calm, called out of turn, calm again. The ad-hoc report is made when its trigger holds and at no
# other time, says on page one why and since when, and the morning after the briefing says that it is over. A late delivery rewrites it.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
cp "$ROOT/reports/scenarios/citizen-feedback.lua" "$R/scenarios/"
cp "$ROOT"/reports/lib/*.lua "$R/lib/"
cp "$ROOT/reports/daily.lua" "$R/"
grep -ohE '"[a-z]+\.[a-z0-9_]+"' "$R"/scenarios/*.lua | tr -d '"' | sort -u >codes
awk -F, 'FNR == NR { want[$1] = 1; next } FNR > 1 && ($1 in want) && $1 !~ /^(inv|fb)\./' codes "$ROOT/reports/catalogue/indicators.csv" \
    >>"$R/catalogue/indicators.csv"
run 0 "the definitions hold" "$GIAOBAN" check --reports "$R" --locality nho

delivery() { # NAME AS_OF OVERDUE-OF-EACH-DAY SEQ NOTE-OF-THE-LAST-DAY: from 17/11 on, the same at three communes
    mkdir -p drop
    {
        echo 'indicator,region,period,value,note'
        day=17
        for n in $3; do
            said=
            [ $((day - 16)) = "$(echo $3 | wc -w)" ] && said=${5:-}
            for r in $(awk -F, 'NR > 2 { print $1 }' "$R/localities/nho/regions.csv" | head -3); do echo "fb.overdue_open,$r,2026-11-$day,$n,$said"; done
            day=$((day + 1))
        done
    } >"drop/van-phong-ubnd_$1.csv"
    echo "{ \"agency\": \"van-phong-ubnd\", \"as_of\": \"$2\", \"seq\": ${4:-1}, \"delivered_at\": \"$2T17:00:00+07:00\" }" >"drop/van-phong-ubnd_$1.meta.json"
}
night_of() { "$GIAOBAN" night --reports "$R" --locality nho --date "$1" --drop drop --store "${2:-s.db}" --out "${3:-out}" >log.txt 2>&1; }
nbsp=$(printf '\302\240')
text() { sed "s/<[^>]*>//g; s/&nbsp;/ /g; s/$nbsp/ /g" "$1" | tr -s '\n ' '  '; }
made=out/leadership/current/kich-ban/citizen-feedback-dot-xuat

delivery 17 2026-11-17 "1"
night_of 2026-11-18
is "a calm night" "$?" 0
check "has the periodic report" test -s out/leadership/current/kich-ban/citizen-feedback.html
check "and no ad-hoc one" test ! -e $made.html
for a in leadership statistics front public; do readlink out/$a/current; done >then.txt
cp -r out/leadership/current/ then

delivery 19 2026-11-19 "1 20 30"
night_of 2026-11-20
is "a night with a reason" "$?" 0
check "has the ad-hoc report as PDF" test -s $made.pdf
page=$(text $made.html)
like "which says why" "$page" "Phản ánh quá hạn chưa trả lời ở mức nguy hiểm"
like "which figure" "$page" "Con số triệu tập: số phản ánh quá hạn chưa trả lời 90 phản ánh \(19/11/2026\), mức .*khẩn cấp"
like "and since when" "$page" "trở lên kể từ 18/11/2026, đã 2 ngày"
is "the periodic report has no such line" "$(text out/leadership/current/kich-ban/citizen-feedback.html | grep -c 'Con số triệu tập')" 0
is "the briefing does not say that it is over" "$(text out/leadership/current/daily.html | grep -c 'trở lại bình thường')" 0
like "the contents page has it first" "$(text out/leadership/current/index.html)" "Kịch bản họp đột xuất.*Phản ánh quá hạn chưa trả lời ở mức nguy hiểm"

like "the operations centre has the episode" "$(tr -d ' \n' <out/ioc/current/events.json)" \
    '"episode":\{"above":2,"acknowledged":null,"closed":null,"ended":false,"last":"2026-11-19","length":2,"level":"emergency","missing":0,"opened":"2026-11-18","peak":\{"period":"2026-11-19","status":"[A-Z]","value":90\},"silent":false\},"indicator":"fb.overdue_open","region":"38"'
like "and the alert its beginning" "$(tr -d ' \n' <out/ioc/current/alerts.json)" '"opened":"2026-11-18"'
like "explain tells the same" "$("$GIAOBAN" explain --reports "$R" --locality nho --date 2026-11-20 --store s.db fb.overdue_open 38 2026-11-19)" \
    "2026-11-18 đến chưa kết thúc; nặng nhất 90 phản ánh \([A-Z]\) 2026-11-19, mức khẩn cấp; 2 ngày"

log_of() { "$GIAOBAN" export --reports "$R" --locality nho --store "$1" --events --date "$2" -o "$3" && grep ",fb.overdue_open,.*,38," "$3" | cut -d, -f1,3,5,7-13; }
is "the store's log has it too" "$(log_of s.db 2026-11-20 log20.csv)" "2026-11-20,fb.overdue_open,38,2026-11-18,emergency,90,2026-11-19,2026-11-19,,0"
is "and none that the office has acknowledged" "$(grep -c 'van-phong-ubnd' log20.csv)" 0

delivery 20 2026-11-20 "1 20 30 2" 1 "Bà Nguyễn Thị B: đã giao xử lý"
night_of 2026-11-21
is "the night after" "$?" 0
check "has no ad-hoc report" test ! -e $made.html
like "and the briefing says since when it is over" "$(text out/leadership/current/daily.html)" \
    "đã trở lại bình thường từ 20/11/2026: số phản ánh quá hạn chưa trả lời từ mức cảnh báo trở lên từ 18/11/2026 đến 19/11/2026, nặng nhất 90 phản ánh; nay 6 phản ánh"
like "the operations centre knows the end" "$(tr -d ' \n' <out/ioc/current/events.json)" '"closed":"2026-11-20"'
like "and that the office has acknowledged it" "$(tr -d ' \n' <out/ioc/current/events.json)" \
    '"acknowledged":\{"agency":"van-phong-ubnd","agency_name":"[^"]*","on":"2026-11-20"\},"closed":"2026-11-20"'
check "nobody is told who" sh -c '! grep -rq "Nguyễn Thị B" out'
like "the log of that night has both" "$(log_of s.db 2026-11-21 log21.csv; cat log21.csv)" "emergency,90,2026-11-19,2026-11-19,2026-11-20,0.*van-phong-ubnd,2026-11-20,[0-9]"
is "that of the night before stands as it was known" "$(log_of s.db 2026-11-20 again.csv; cmp again.csv log20.csv)" "$(cut -d, -f1,3,5,7-13 log20.csv | grep overdue_open,38)"
night_of 2026-11-22
is "once" "$(text out/leadership/current/daily.html | grep -c 'trở lại bình thường')" 0

# the first night made again, four nights of deliveries later: what was not known then is not told
mkdir none
"$GIAOBAN" night --reports "$R" --locality nho --date 2026-11-18 --drop none --store s.db --out again >again.txt 2>&1
is "the night of an earlier date again" "$?" 0
like "says what it leaves out" "$(cat again.txt)" "2 bản có số liệu sau ngày của lượt đêm"
is "is the same edition of every audience" "$(for a in leadership statistics front public; do readlink again/$a/current; done)" "$(cat then.txt)"
diff -r then again/leadership/current/ >d.txt 2>&1
is "byte by byte" "$(head -c 300 d.txt)" ""
like "a figure of a later day does not exist on that day" "$("$GIAOBAN" explain --reports "$R" --locality nho --date 2026-11-18 --store s.db fb.overdue_open 38 2026-11-19)" \
    'không có cơ quan nào giao nộp con số này'
"$GIAOBAN" export --reports "$R" --locality nho --date 2026-11-18 --store s.db -o seen.csv
is "nor in the export of that day" "$(grep -c '2026-11-1[89]' seen.csv)" 0

# a late correction of the 18th: what is derived agrees with what is known now, as if it had been known in time
delivery 20b 2026-11-20 "1 2 30 2" 2
night_of 2026-11-21 s.db late
mkdir only && mv drop all && mkdir drop && cp all/*_20b.* drop/
night_of 2026-11-21 fresh.db fresh
like "a correction moves the opening" "$(text late/leadership/current/daily.html)" "từ mức cảnh báo trở lên 19/11/2026, nặng nhất 90 phản ánh"
is "the log of that date is written anew" "$(log_of s.db 2026-11-21 late.csv)" "2026-11-21,fb.overdue_open,38,2026-11-19,emergency,90,2026-11-19,2026-11-19,2026-11-20,0"
log_of fresh.db 2026-11-21 fresh.csv >/dev/null
# but for numbers of deliveries and vintages, which count arrivals
is "as a store that never knew better has it" "$(cut -d, -f1,3-13 late.csv)" "$(cut -d, -f1,3-13 fresh.csv)"
is "a rerun writes what was there" "$(night_of 2026-11-21 s.db late; log_of s.db 2026-11-21 rerun.csv >/dev/null; cmp late.csv rerun.csv)" ""
is "and the log is that of a store which never knew better" "$(text late/leadership/current/daily.html | grep -o 'đã trở lại bình thường[^.]*')" \
    "$(text fresh/leadership/current/daily.html | grep -o 'đã trở lại bình thường[^.]*')"
done_testing
