#!/bin/sh
# locks.sh — one store, several programs: deliveries come in while a night makes its documents, and no night pins half of another's.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
small_sample "$R" drop
L="--reports $R --locality nho --date 2026-11-22"
one=$(ls drop/*.csv | head -1)
all=$(ls drop/*.csv drop/*.xlsx | wc -l)
# Of an edition's manifest: number and digest of the vintage.
vintage() { sed -n 's/.*\("vintage": *{[^}]*}\).*/\1/p; s/^ *"vintage[a-z_]*": *.*/&/p' "$1/${2:-ioc}/current/manifest.json"; }

# A night that is at its documents for a while: reports that loop until their budget is used up, one after the other.
cp -r "$R" slow
for i in 1 2 3 4 5 6; do
    cat >slow/slow$i.lua <<L
return gb.report { code = "slow$i", type = "BÁO CÁO NHANH", title = "Chậm", audiences = { "leadership" }, rhythm = "daily",
  body = function(doc, s) while true do end end }
L
done
cp "$one" "$one.meta.json" . 2>/dev/null
"$GIAOBAN" night --reports slow --locality nho --date 2026-11-22 --jobs 1 --drop drop --store s.db --out slow.out >slow.log 2>&1 &
slow_pid=$!
# Halted there, it stays at its documents for as long as the rest takes, on any machine.
i=0
while [ $i -lt 1200 ] && [ ! -e slow.out/leadership/rel/*.tmp/daily.html ]; do sleep 0.05; i=$((i + 1)); done
kill -STOP $slow_pid
check "a night is at its documents" sh -c 'ls slow.out/leadership/rel | grep -q "tmp$" && [ ! -e slow.out/leadership/current ]'
printf 'indicator,region,period,value\ninv.plan_total,38,2026-10,12x\n' >so-tai-chinh_x.csv
run 65 "intake while a night makes documents writes the store: a refusal is an event in it" "$GIAOBAN" intake $L --store s.db so-tai-chinh_x.csv
run 0 "and a good delivery" "$GIAOBAN" intake $L --store s.db "$(basename "$one")"
run 0 "a second night of the same store, published elsewhere" night --drop drop --store s.db --out fast.out
check "all that while the first was unpublished" test ! -e slow.out/leadership/current
kill -CONT $slow_pid
wait $slow_pid
is "it ends as it would have alone" "$?" 10
check "with a journal" sh -c '! grep -q "nhật ký" slow.log'
is "both pinned the same vintage" "$(vintage slow.out front)" "$(vintage fast.out front)"
check "the refusal in between is in what the second tells the operations centre, not in the first" test "$(vintage slow.out)" != "$(vintage fast.out)"
like "and it is a whole one" "$(cat slow.out/ioc/current/manifest.json)" "\"vintage\": ?$all\b"

# Two nights of one new store at the same moment.
night --drop drop --store t.db --out t1 >t1.log 2>&1 &
pid=$!
night --drop drop --store t.db --out t2 >t2.log 2>&1
is "two nights at once: the second" "$?" 0
wait $pid
is "two nights at once: the first" "$?" 0
like "t1 has a whole vintage" "$(cat t1/ioc/current/manifest.json)" "\"vintage\": ?$all\b"
is "t1 and t2 have the same" "$(vintage t1)" "$(vintage t2)"

# While somebody takes deliveries in, nobody pins a vintage.
if command -v flock >/dev/null; then
    flock t.db.lock sh -c ': >held; while [ ! -e release ]; do sleep 0.05; done' &
    holder=$!
    i=0
    while [ $i -lt 1200 ] && [ ! -e held ]; do sleep 0.05; i=$((i + 1)); done
    night --drop drop --store t.db --out t3 >t3.log 2>&1 &
    pid=$!
    i=0
    while [ $i -lt 1200 ] && ! grep -q "chờ" t3.log; do sleep 0.05; i=$((i + 1)); done
    check "a night waits for the store's lock" test ! -e t3/ioc/rel
    : >release
    wait $holder
    wait $pid
    is "and then goes on" "$?" 0
    like "it said what it waited for" "$(cat t3.log)" "đang ghi t.db: chờ"
else
    skip "a night waits for the store's lock" "no flock(1)"
fi
done_testing
