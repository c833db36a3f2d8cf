#!/bin/sh
# repro.sh — the same night in another directory, time zone, locale and umask, with one worker and with several, from deliveries that
# came in another order: the same bytes of every edition (F14, G09, D04).
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
small_sample "$R" drop
night --drop drop --store a.db --out a --jobs 1 >/dev/null 2>&1
is "one worker" "$?" 0
mkdir -p "elsewhere/dài hơn" && cp -r reports drop "elsewhere/dài hơn/"
(
    cd "elsewhere/dài hơn" && umask 077 &&
        TZ=America/New_York LANG=vi_VN.UTF-8 LC_ALL=C TMPDIR=/var/tmp SOURCE_DATE_EPOCH=1 "$GIAOBAN" night --reports reports --locality nho \
            --date 2026-11-22 --drop drop --store b.db --out b --jobs 2 >/dev/null 2>&1
)
is "two workers, elsewhere" "$?" 0
for x in leadership statistics front public ioc; do
    diff -r "a/$x/current/" "elsewhere/dài hơn/b/$x/current/" >d.txt 2>&1
    is "$x: the same bytes" "$(head -c 300 d.txt)" ""
done
# in two evenings, the later months first
mkdir late early
for f in drop/*.csv drop/*.xlsx drop/*.json; do case $f in *_2026-0[3-6]*) cp "$f" early/ ;; *) cp "$f" late/ ;; esac; done
"$GIAOBAN" intake --reports "$R" --locality nho --date 2026-11-22 --store c.db late/*.csv late/*.xlsx >/dev/null 2>&1
"$GIAOBAN" intake --reports "$R" --locality nho --date 2026-11-22 --store c.db early/*.csv >/dev/null 2>&1
night --store c.db --out c >/dev/null 2>&1
for x in statistics front public; do
    diff -r "a/$x/current/" "c/$x/current/" >d.txt 2>&1
    is "$x: the same bytes in another order of arrival" "$(head -c 300 d.txt)" ""
done
# once more from the store alone, and with files that the store knows under other numbers of arrival
mkdir nothing
night --drop nothing --store a.db --out d >/dev/null 2>&1
is "a night without deliveries" "$?" 0
for x in leadership statistics front public; do
    diff -r "a/$x/current/" "d/$x/current/" >d.txt 2>&1
    is "$x: the same bytes from the store alone" "$(head -c 300 d.txt)" ""
done
night --drop drop --store c.db --out e >/dev/null 2>&1
for x in leadership ioc; do
    diff -r "a/$x/current/" "e/$x/current/" >d.txt 2>&1
    is "$x: the same bytes under other numbers of arrival" "$(head -c 300 d.txt)" ""
done
# without side files nobody says when: the time at which a file came in is the store's, an edition does not have it
cp -r drop bare
grep -l '"layout": "wide"' bare/*.meta.json | sed 's/meta\.json$/xlsx/' | xargs -r rm # these are nothing without theirs
rm bare/*.meta.json
night --drop bare --store u.db --out u --received 2026-11-21T08:00:00+07:00 >/dev/null 2>&1
is "deliveries without side files" "$?" 0
night --drop bare --store v.db --out v --received 2026-11-21T17:31:00+07:00 >/dev/null 2>&1
for x in leadership statistics front public ioc; do
    diff -r "u/$x/current/" "v/$x/current/" >d.txt 2>&1
    is "$x: the same bytes whenever the files came in" "$(head -c 300 d.txt)" ""
done
like "the day before is what is known" "$(cat u/front/current/*.html)" "Số liệu tính đến hết ngày 21/11/2026"
# 23:30 UTC is 06:30 of the next day for us, whatever TZ says
if command -v faketime >/dev/null; then
    TZ=UTC faketime -f '2026-11-21 23:30:00' "$GIAOBAN" night --reports "$R" --locality nho --store a.db --out g >/dev/null 2>&1
    like "the business date is local" "$(readlink g/public/current)" "rel/2026-11-22-"
else
    skip "the business date is local" "no faketime"
fi
done_testing
