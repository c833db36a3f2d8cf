#!/bin/sh
# night.sh — the whole way on the binary: sample, night, and every exit status of DESIGN.md section 4 that a night can have.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
check "sample writes deliveries" small_sample "$R" drop

run 0 "a clean night ends with 0" night --drop drop --store s.db --out out
for a in leadership statistics front public ioc; do
    check "$a verifies" "$GIAOBAN" verify "out/$a/current"
    check "$a is valid on its date" "$GIAOBAN" verify --date 2026-11-22 "out/$a/current"
    run 65 "$a is out of date a week later" "$GIAOBAN" verify --date 2026-11-29 "out/$a/current"
done
for f in index.html data/codebook.csv datapackage.json catalog.jsonld feed.xml assets/style.css chi-so/inv.disbursement_rate.html \
    data/inv.disbursement_rate.csv data/inv.disbursement_rate.json; do
    check "public has $f" test -s "out/public/current/$f"
done
for f in daily.pdf daily.html index.html; do check "leadership has $f" test -s "out/leadership/current/$f"; done
for f in states.json alerts.json events.json state.json; do check "ioc has $f" test -s "out/ioc/current/$f"; done
is "a receipt of each delivery, twice" "$(ls out/ioc/current/receipts | wc -l)" "$(ls drop | grep -vc '^sai$')"
is "others cannot read leadership's" "$(stat -c %a out/leadership)" 750
is "anybody may read the public's" "$(stat -c %a out/public)" 755

mkdir -p places
cp -r "$R" places/reports
cat >places/reports/commune.lua <<'L'
return gb.report { code = "commune", title = "Phiếu", audiences = { "leadership" }, rhythm = "daily", each = "region",
  body = function(doc, s) doc:section("Số liệu", function() doc:text("Số liệu của {}.", s:region()) end) end }
L
mkdir -p places/reports/groups
for g in ig-admin-reform ig-feedback ig-basic-set; do
    printf 'return gb.group { code = "%s", audiences = { "leadership", "ioc" }, body = function(doc, s) doc:missed { s:group() } doc:gaps { group = true } end }\n' \
        $g >places/reports/groups/$g.lua
done
run 0 "a night with a sheet for each commune" "$GIAOBAN" night --reports places/reports --locality nho --date 2026-11-22 --drop drop --store places/s.db --out places/out
is "communes are listed by their names, in Vietnamese order" "$(grep -oE 'Phường (Hàm Rồng|Hạc Thành|Bỉm Sơn|Quang Trung)' places/out/leadership/current/index.html | uniq | tr '\n' ';')" \
    "Phường Bỉm Sơn;Phường Hạc Thành;Phường Hàm Rồng;Phường Quang Trung;"
is "groups stand in the order of the plan, under its parts" "$(grep -oE 'Phần I+ của kế hoạch|nhom/[a-z-]*\.pdf' places/out/leadership/current/index.html | uniq | tr '\n' ';')" \
    "Phần I của kế hoạch;nhom/ig-basic-set.pdf;nhom/ig-admin-reform.pdf;Phần III của kế hoạch;nhom/ig-feedback.pdf;"
check "a group is there for machines" test -s places/out/ioc/current/nhom/ig-basic-set.json

before=$(readlink out/public/current)
run 0 "the same night again ends with 0" night --drop drop --store s.db --out out
is "and leaves the edition as it is" "$(readlink out/public/current)" "$before"
is "one edition, not two" "$(ls out/public/rel | wc -l)" 1

is "a night without findings has no list of them" "$(grep -cE 'phat-hien|Phát hiện của lượt đêm' out/leadership/current/index.html)" 0

# 10: a refused delivery
cp -r drop drop10
printf 'indicator,region,period,value\ninv.plan_total,38,2026-10,12x\n' >drop10/so-tai-chinh_loi.csv
run 10 "a refused delivery: published, with findings" night --drop drop10 --store s.db --out out
like "the receipt names the line" "$(cat out/ioc/current/receipts/so-tai-chinh_loi.csv.txt)" "dòng: 2"
index=$(cat out/leadership/current/index.html)
like "leadership's contents page says so in its head" "$index" "Lượt đêm này có 1 phát hiện.*1 tệp bị từ chối"
like "and lists it" "$(printf %s "$index" | tr '\n' ' ')" 'id="phat-hien".*Tệp bị từ chối.*so-tai-chinh_loi.csv.*dòng 2'
for a in statistics front public; do
    is "$a's pages do not know of it" "$(grep -rlE 'so-tai-chinh_loi|phat-hien' "out/$a/current/" | wc -l)" 0
done
like "the manifest has the finding" "$(cat out/leadership/current/manifest.json)" "delivery-refused"
is "the public edition does not know of it" "$(readlink out/public/current)" "$before"
run 10 "again: still 10" night --drop drop10 --store s.db --out out

# what was refused is counted: once per bytes, in the day it was handed over, for leadership alone, in every night made again
mkdir -p rej/drop
cp -r "$R" rej/reports
grep '^dq\.reject_rate,' "$ROOT/reports/catalogue/indicators.csv" >>rej/reports/catalogue/indicators.csv
cp "$ROOT/reports/quality.lua" rej/reports/quality.lua
printf 'indicator,region,period,value\ninv.plan_total,38,2026-10,12x\n' >rej/drop/so-tai-chinh_loi.csv
printf 'indicator,region,period,value\ninv.plan_total,38,2026-10,12\ninv.plan_total,38,2026-09,12\ninv.plan_total,38,2026-08,12\n' >rej/drop/so-tai-chinh_ba-dong.csv
printf 'khong phai bang\n' >rej/drop/so-y-te_thu.csv
rej() { "$GIAOBAN" "$@" --reports "$TMP/rej/reports" --locality nho; }
rejected() { # DATE PERIOD: the share of rows refused, as explained
    rej explain dq.reject_rate 38 "$2" --store rej/s.db --date "$1" | sed -n 's/^Con số đang dùng: \([0-9,]*%\).*/\1/p'
}
page() { sed 's/<[^>]*>/ /g; s/\xc2\xa0/ /g' "rej/out/$1/current/quality.html" | tr -s ' \n' ' '; }
run 10 "a night with refused files" rej night --date 2026-11-22 --drop rej/drop --store rej/s.db --out rej/out
like "the page tells how many rows were refused, and the file without rows apart" "$(page leadership)" "bị loại 1 dòng.*trên mức cảnh báo 1%.*ngoài ra 1 tệp không đọc được dòng nào"
like "by agency" "$(page leadership)" "Sở Tài chính 2 1 0 4 1 1 25,0"
like "by day" "$(page leadership)" "22/11/2026 3 2 1 4 1 1 25,0"
is "statisticians' page does not tell" "$(page statistics | grep -cE 'dòng nào|Dòng bị loại|25,0')" 0
is "the indicator is computed of it" "$(rejected 2026-11-22 2026-11-22)" "25,0000%"
before_rej=$(readlink rej/out/leadership/current)
run 10 "the same files the next night are counted once" rej night --date 2026-11-23 --drop rej/drop --store rej/s.db --out rej/out
is "and the day stays what it was" "$(rejected 2026-11-23 2026-11-22)$(rejected 2026-11-23 2026-11-23)" "25,0000%"
printf 'indicator,region,period,value\ninv.plan_total,38,2026-10,13x\n' >rej/drop/so-tai-chinh_loi-hai.csv
run 10 "another one the day after" rej night --date 2026-11-24 --drop rej/drop --store rej/s.db --out rej/out
is "counts on its own day" "$(rejected 2026-11-24 2026-11-24)" "100,0000%"
rm rej/drop/so-tai-chinh_loi-hai.csv
run 10 "the first night made again from the store that has grown" rej night --date 2026-11-22 --drop rej/drop --store rej/s.db --out rej/out2
is "is the same edition" "$(readlink rej/out2/leadership/current)" "$before_rej"
quality=rej/out/statistics/current/data/quality.csv
like "quality as data: its columns" "$(head -1 $quality)" "^scope,code,dimension,met,of,share,score"
is "each scope that has something to count is there" "$(sed 1d $quality | cut -d, -f1 | uniq | tr '\n' ' ')" "whole agency indicator day "
is "its shares are those of its counts" "$(awk -F, 'NR > 1 { s = 100 * $4 / $5; d = s - $6; if (d < 0) d = -d; if ($4 > $5 || ($4 == $5) != ($6 == 100) || (d > 0.11)) print }' $quality)" ""
is "of what statisticians may see" "$(grep -c reject_rate $quality)" 0
like "and the manifest lists it" "$(cat rej/out/statistics/current/manifest.json)" '"data/quality.csv"'

# 10: files that are refused, or left for the next night, before a reader sees them: the others are published all the same
cp -r drop odd
long=$(printf '%0246d' 0).csv # 250 bytes: none left for .sha256 or .meta.json
printf 'indicator,region,period,value\n' >"odd/$long"
printf 'indicator,region,period,value\n' >odd/so-tai-chinh_khoa.csv
chmod 000 odd/so-tai-chinh_khoa.csv
cp "$(ls drop/*.csv | head -1)" odd/so-tai-chinh_bam.csv
printf '%064d  so-tai-chinh_bam.csv\n' 0 >odd/so-tai-chinh_bam.csv.sha256
truncate -s 60M odd/so-tai-chinh_dai.csv # takes a while to read
(while [ -e odd ]; do printf 0 >>odd/so-tai-chinh_dai.csv; done) 2>/dev/null &
growing=$!
unread=env
[ "$(id -u)" != 0 ] || unread="setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search"
run 10 "odd files: published, with findings" $unread "$GIAOBAN" night --reports "$R" --locality nho --date 2026-11-22 --drop odd --store odd.db --out odd-out
kill "$growing"
receipts=odd-out/ioc/current/receipts
for code in RF-name:ten-khong-hop-le RF-open:so-tai-chinh_khoa Q-sha256:so-tai-chinh_bam Q-changing:so-tai-chinh_dai; do
    like "a receipt tells ${code%%:*}" "$(cat "$receipts/${code#*:}"*.txt)" " ${code%%:*}: "
done
like "a changing file is left, not refused" "$(cat "$receipts/so-tai-chinh_dai.csv.txt")" "ĐỂ LẠI ĐÊM SAU"
like "and so says the manifest" "$(cat odd-out/leadership/current/manifest.json)" "delivery-deferred"
is "a receipt of each, twice" "$(ls "$receipts" | wc -l)" $((2 * $(ls odd/*.csv odd/*.xlsx | wc -l)))
is "the sound deliveries were taken" "$(cat $receipts/*.json | grep -c '"accepted": true')" "$(ls drop/*.csv drop/*.xlsx | wc -l)"
for a in leadership statistics front public ioc; do check "$a was published" "$GIAOBAN" verify "odd-out/$a/current"; done
rm -rf odd
run 65 "intake tells a file it cannot take" "$GIAOBAN" intake --reports "$R" --locality nho --store odd.db "drop10/so-tai-chinh_loi.csv"

# D06: one agency, one day, one number, two contents: neither is used, the public has no figure of the indicator, leadership is told
mkdir -p d06
cp -r "$R" d06/reports && cp -r drop d06/drop
sed -i "s|    doc:source()|    doc:section(\"Số liệu còn thiếu\", function() doc:gaps { limit = 0 } end)\\n    doc:source()|" d06/reports/daily.lua
R06=$R
R=$TMP/d06/reports
for v in 123 456; do
    printf 'indicator,region,period,value\ninv.plan_total,14758,2026-10,%s\n' $v >"d06/drop/so-tai-chinh_2026-11-20_$v.csv"
    printf '{"agency":"so-tai-chinh","as_of":"2026-11-20","seq":1}\n' >"d06/drop/so-tai-chinh_2026-11-20_$v.meta.json"
done
run 10 "two contents for one key: published, with findings" night --drop d06/drop --store d06/s.db --out d06/out
for v in 123 456; do
    like "the receipt of $v says so" "$(cat "d06/out/ioc/current/receipts/so-tai-chinh_2026-11-20_$v.csv.txt")" "XUNG ĐỘT"
done
like "leadership's daily briefing says it" "$(sed 's/<[^>]*>//g; s/\xc2\xa0/ /g' d06/out/leadership/current/daily.html)" \
    "Xung đột số liệu: Sở Tài chính giao hai bản khác nhau cùng kỳ chốt \(20/11/2026, lần 1\) cho .*; chưa dùng bản nào, chờ cơ quan xác nhận"
is "the front's does not" "$(grep -c "Xung đột" d06/out/front/current/daily.html)" 0
d06_data() { cat "d06/out/public/current/data/$1.csv" 2>/dev/null | tail -n +2 | wc -l; }
is "the public has no figure of the indicator" "$(d06_data inv.plan_total)" 0
is "nor of the ratio made from it" "$(d06_data inv.disbursement_rate)" 0
check "it has the others" test "$(d06_data fb.resolved)" -gt 0
run 10 "the same night again" night --drop d06/drop --store d06/s.db --out d06/out
is "makes no second edition" "$(ls d06/out/leadership/rel | wc -l)" 1
printf 'indicator,region,period,value\ninv.plan_total,14758,2026-10,457\n' >d06/drop/so-tai-chinh_2026-11-20_3.csv
printf '{"agency":"so-tai-chinh","as_of":"2026-11-20","seq":2}\n' >d06/drop/so-tai-chinh_2026-11-20_3.meta.json
run 10 "the agency confirms one" night --drop d06/drop --store d06/s.db --out d06/out
check "the public has the indicator again" test "$(d06_data inv.plan_total)" -gt 0
is "and leadership's briefing is quiet" "$(grep -c "Xung đột" d06/out/leadership/current/daily.html)" 0
R=$R06

# 20: a broken public page withholds the public edition alone
cp -r "$R" r20
cat >r20/site/about.lua <<'L'
return gb.report { code = "about", title = "x", audiences = { "public" }, rhythm = "daily", page = true, body = function(doc, s) while true do end end }
L
R20=$R
R=$TMP/r20
run 20 "a failing public page withholds the public edition" night --drop drop --store s.db --out out
R=$R20
is "public stays where it was" "$(readlink out/public/current)" "$before"
check "leadership was published from the new definitions" test "$(ls out/leadership/rel | wc -l)" -ge 2

# 64: usage
run 64 "no locality" "$GIAOBAN" night --out out
run 64 "unknown option" "$GIAOBAN" night --locality nho --lokality x
like "with a suggestion" "$(cat stderr)" "--locality"
run 64 "a date that is none" night --date 2026-02-30 --out out
run 64 "unknown command" "$GIAOBAN" nacht
run 64 "unknown locality" "$GIAOBAN" night --reports "$R" --locality khong-co --out out

# 70: a bug of ours, here a spec of GB_FAULT that means nothing
run 70 "a bug of ours" env GB_FAULT=io.open "$GIAOBAN" version

# 74: I/O
mkdir -p full/leadership && : >full/leadership/rel
run 74 "an output that cannot be written" night --drop drop --store s.db --out full
check "nothing was published" test ! -e full/public/current
head -c 5000 s.db >torn.db
run 74 "a torn store" night --store torn.db --out torn

# 75: somebody else is at work
if command -v flock >/dev/null; then
    mkdir -p busy
    flock busy/.lock sh -c ': >held; while [ ! -e release ]; do sleep 0.05; done' &
    holder=$!
    i=0
    while [ $i -lt 1200 ] && [ ! -e held ]; do sleep 0.05; i=$((i + 1)); done
    run 75 "another run holds the lock" night --drop drop --store s.db --out busy
    : >release
    wait "$holder"
else
    skip "another run holds the lock" "no flock(1)"
fi

# 78: definitions
cp -r "$R" r78
echo 'return gb.report { code = ' >r78/daily.lua
R=$TMP/r78
before=$(readlink out/leadership/current)
run 78 "a definition that is no Lua" night --drop drop --store s.db --out out
like "names the file" "$(cat stderr)" "daily.lua"
R=$R20
cp -r "$R" r78b
sed -i 's/^inv.plan_total,\([^,]*\),\([^,]*\),[^,]*/inv.plan_total,\1,\2,/' r78b/catalogue/indicators.csv
sed -i '2s/^[^,]*/inv.plan_total/; 3s/^[^,]*/inv.plan_total/' r78b/catalogue/indicators.csv
run 78 "a catalogue with a code twice" "$GIAOBAN" night --reports r78b --locality nho --date 2026-11-22 --drop drop --store s.db --out out
for large in scenarios/vo-hinh.lua lib/x.lua catalogue/groups.csv catalogue/sectors.csv; do
    rm -rf r78c
    cp -r "$R" r78c
    case $large in *.lua) size=300K ;; *) size=17M ;; esac
    head -c $size /dev/zero | tr '\0' ' ' >>r78c/$large
    run 78 "$large is too large: night" "$GIAOBAN" night --reports r78c --locality nho --date 2026-11-22 --drop drop --store s.db --out out
    like "names the file" "$(cat stderr)" "$large"
    run 78 "$large is too large: check" "$GIAOBAN" check --reports r78c --locality nho
done
mkdir -p t78
cp -r "$ROOT/templates/." t78
head -c 2M /dev/zero | tr '\0' ' ' >>t78/site/style.css
run 78 "a template that is too large" night --templates t78 --drop drop --store s.db --out out
is "leadership stays where it was" "$(readlink out/leadership/current)" "$before"
done_testing
