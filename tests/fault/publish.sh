#!/bin/sh
# publish.sh — the run is killed, or a call fails, at each step of publishing: readers hold the old edition or the new one, never a mix,
# and the next run finishes (G01, G04, G11). SHALLOW=1 (default) takes a sample of the points; SHALLOW=0 all of them.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
small_sample "$R" drop
night --drop drop --store s.db --out base >/dev/null 2>&1 # the old editions
cp -r drop drop2
cp "$(ls drop/*.csv | head -1)" drop2/so-tai-chinh_them.csv
printf 'indicator,region,period,value\ninv.plan_total,14758,2026-09,777\n' >drop2/so-tai-chinh_them.csv
printf '{"agency":"so-tai-chinh","as_of":"2026-11-20","seq":9}' >drop2/so-tai-chinh_them.meta.json
night --drop drop2 --store s2.db --out new >/dev/null 2>&1 # what the new ones will be
new=$(basename "$(readlink new/public/current)")
old=$(basename "$(readlink base/public/current)")

whole() { # every audience's current verifies
    for a in leadership statistics front public ioc; do "$GIAOBAN" verify "o/$a/current" >/dev/null 2>&1 || return 1; done
}
old_or_new() { case $(basename "$(readlink o/public/current)") in "$old" | "2026-11-22-r2-${new##*-}") return 0 ;; esac; return 1; }
try() { # SPEC WANT
    rm -rf o t.db t.db.vault
    cp -r base o
    cp s.db t.db
    cp -r s.db.vault t.db.vault
    GB_FAULT=$1 night --drop drop2 --store t.db --out o >log 2>&1
    got=$?
    if whole && old_or_new; then ok "$1: every edition whole, old or new (status $got)"; else not_ok "$1" "status $got; $(cat log)"; fi
    case $2 in
    killed) is "$1: was killed" "$got" 137 ;;
    *) case $got in 74 | 20) ok "$1: declared failure" ;; *) not_ok "$1: declared failure" "status $got; $(cat log)" ;; esac ;;
    esac
    night --drop drop2 --store t.db --out o $3 >log 2>&1
    is "$1: the next run finishes" "$?" 0
    if whole; then ok "$1: then whole"; else not_ok "$1: then whole"; fi
    is "$1: and new" "$(basename "$(readlink o/public/current)" | sed 's/.*-//')" "${new##*-}"
    is "$1: nothing half is left" "$(find o -name '*.tmp' -o -name '*.tmp~' -o -name '*.old' | wc -l)" 0
}
points="release.sums release.sign release.manifest release.verify release.sync release.rename release.switch"
for p in $points; do
    try "$p:1!" killed
    [ "${SHALLOW:-1}" = 1 ] || for n in 2 3 4 5; do try "$p:$n!" killed; done
done
try "release.switch:5!" killed
for p in io.fsync io.write io.rename io.symlink io.mkdir; do
    n=3
    [ $p = io.symlink ] && n=1
    [ $p = io.mkdir ] && n=1
    [ $p = io.rename ] && n=1
    try "$p:$n" fails
done
[ "${SHALLOW:-1}" = 1 ] || for n in $(seq 1 7 200); do try "io.fsync:$n!" killed; done
# killed in the middle of the jobs: --resume takes over what was finished
try "io.fsync:75!" killed --resume
like "resume took something over" "$(cat log)" "làm tiếp: [1-9][0-9]* phần"

# G11: somebody put things in the way
rm -rf o t.db t.db.vault && cp -r base o && cp s.db t.db && cp -r s.db.vault t.db.vault && mkdir elsewhere
rm o/public/current && ln -s "$TMP/elsewhere" o/public/current
mkdir -p "o/front/rel/2026-11-22-r2-${new##*-}"
run 0 "current replaced by a link elsewhere, a release folder made beforehand" night --drop drop2 --store t.db --out o
is "nothing was written elsewhere" "$(ls elsewhere | wc -l)" 0
check "current is ours again" "$GIAOBAN" verify o/public/current
rm -rf o/public && cp -r base/public o/public && mkdir "o/public/current.tmp~"
night --drop drop2 --store t.db --out o >log 2>&1
is "a folder under the pointer's temporary name: refused" "$?" 74
check "the old one still stands" "$GIAOBAN" verify o/public/current
done_testing
