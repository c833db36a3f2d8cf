#!/bin/sh
# workers.sh — a definition that crashes its limits ends alone (TRUST.md 1, 39; E01, E02): the others are whole, its place has a
# placeholder in the same formats, leadership is published with a finding.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
small_sample "$R" drop
run 0 "a clean night first" night --drop drop --store s.db --out clean

bad() { # NAME BODY: one more leadership report
    cp -r "$TMP/reports" "$TMP/r-$1"
    cat >"$TMP/r-$1/x-bad.lua" <<L
return gb.report { code = "x-bad", title = "Báo cáo hỏng", audiences = { "leadership" }, rhythm = "daily", body = function(doc, s) $2 end }
L
    R=$TMP/r-$1
    run 10 "$1: the night ends with 10" night --drop drop --store s.db --out "out-$1" --deadline 5
    R=$TMP/reports
    for f in pdf html; do check "$1: a placeholder as $f" test -s "out-$1/leadership/current/x-bad.$f"; done
    like "$1: with the fixed words" "$(cat "out-$1/leadership/current/x-bad.html")" "Phần này chưa lập được"
    like "$1: the manifest says what is missing" "$(cat "out-$1/leadership/current/manifest.json")" '"subject": "leadership/x-bad/periodic"'
    check "$1: the edition verifies" "$GIAOBAN" verify "out-$1/leadership/current"
    # other pages differ only in the edition's id and what follows from it
    strip() { sed -e 's/2026-11-22-r1-[0-9a-f]*/ID/g' -e 's/[0-9a-f]\{16\}/HASH/g' -e '/x-bad\.html/d' "$1"; }
    strip clean/leadership/current/daily.html >a.html
    strip "out-$1/leadership/current/daily.html" >b.html
    same_files "$1: the daily briefing is the same" a.html b.html
    check "$1: the public edition is out" "$GIAOBAN" verify "out-$1/public/current"
}
bad loop 'while true do end'
bad pcall 'while true do pcall(function() while true do end end) end'
bad recursion 'local function f(n) return 1 + f(n) end f(1)'
bad memory 'local t = {} for i = 1, 1000000000 do t[i] = tostring(i) .. ("x"):rep(1000) end'
bad error 'doc:nothing_of_the_kind()'
is "the words are the same whatever happened" \
    "$(sed 's/[0-9a-f]\{16\}//g' out-loop/leadership/current/x-bad.html | cksum)" "$(sed 's/[0-9a-f]\{16\}//g' out-error/leadership/current/x-bad.html | cksum)"

# one sheet of many, all of one definition and made by the same workers: it alone is lost
each() { # NAME BODY
    cp -r "$TMP/reports" "$TMP/r-$1"
    cat >"$TMP/r-$1/x-each.lua" <<L
local made = 0
return gb.report { code = "x-each", title = "Phiếu", audiences = { "leadership" }, rhythm = "daily", each = "region",
  body = function(doc, s)
    made = made + 1
    if made > 1 then doc:nothing_of_the_kind() end -- nothing of one sheet is left for the next
    if string.find(s:region(), "$odd", 1, true) then $2 end
    doc:section("Số liệu", function() doc:text("Số liệu của {}.", s:region()) end)
  end }
L
    R=$TMP/r-$1
    run "$3" "$1: the night ends with $3" night --drop drop --store s.db --out "out-$1" --deadline 5 --jobs 1
    R=$TMP/reports
}
odd=$(awk -F, '$3=="ward" && n++==2 { print $2 }' "$R/localities/nho/regions.csv")
odd_code=$(awk -F, '$3=="ward" && n++==2 { print $1 }' "$R/localities/nho/regions.csv")
each each-well 'made = 1' 0
for x in loop:'while true do end' memory:'local t = {} for i = 1, 1000000000 do t[i] = ("x"):rep(1000) .. i end' error:'doc:nothing_of_the_kind()'; do
    name=each-${x%%:*}
    each "$name" "${x#*:}" 10
    is "$name: one thing is missing" "$(grep -c '"subject": "leadership/x-each' "out-$name/leadership/current/manifest.json")" 1
    like "$name: the right one" "$(cat "out-$name/leadership/current/manifest.json")" "\"subject\": \"leadership/x-each/periodic/$odd_code\""
    is "$name: all sheets are there" "$(ls "out-$name/leadership/current/dia-ban" | sort)" "$(ls out-each-well/leadership/current/dia-ban | sort)"
    is "$name: one placeholder" "$(grep -l 'Phần này chưa lập được' "out-$name"/leadership/current/dia-ban/*.html | wc -l | tr -d ' ')" 1
done

# a head that never ends is known by its place only
cp -r "$TMP/reports" r-head
printf 'while true do end\n' >r-head/x-head.lua
R=$TMP/r-head
run 10 "a head that loops: the night goes on" night --drop drop --store s.db --out out-head
like "and says so" "$(cat out-head/leadership/current/manifest.json)" '"subject": "x-head.lua"'
R=$TMP/reports

# a delivery whose reader cannot work in its limits is refused alone: 70 MB
cp -r drop big
head -c 70000000 /dev/zero >big/so-tai-chinh_to.csv
run 10 "an oversized delivery" night --drop big --store s.db --out out-big
like "is refused by its size" "$(cat out-big/ioc/current/receipts/so-tai-chinh_to.csv.txt)" "RF-limit"

# things that are no files (D01)
cp -r drop odd
ln -s /etc/passwd odd/so-tai-chinh_a.csv
mkfifo odd/so-tai-chinh_b.csv
mkdir odd/so-tai-chinh_c.csv
ln drop/"$(cd drop && ls *.csv | head -1)" odd/so-tai-chinh_d.csv
run 10 "links, pipes and folders in the drop folder do not stop the night" night --drop odd --store s.db --out out-odd
for x in a b c d; do like "$x is refused by its type" "$(cat out-odd/ioc/current/receipts/so-tai-chinh_$x.csv.json)" '"RF-type"'; done
done_testing
