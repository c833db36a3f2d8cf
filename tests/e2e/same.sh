#!/bin/sh
# same.sh — a briefing on the phone is the briefing on paper: the same parts in the same order (python3, pdfinfo).
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
if ! python3 -c 'import html.parser' 2>/dev/null || ! command -v pdfinfo >/dev/null; then
    skip "pages against their papers" "python3 or pdfinfo is not installed"
    done_testing
fi
same() { python3 "$ROOT/tests/e2e/same.py" "$@"; }
R=$TMP/reports
small_reports "$R"
check "sample writes deliveries" small_sample "$R" drop
run 0 "a night" night --drop drop --store s.db --out out
n=0
for a in leadership front; do
    for pdf in $(cd "out/$a/current/" && find . -name '*.pdf' -printf '%P\n' | LC_ALL=C sort); do
        html="out/$a/current/${pdf%.pdf}.html"
        [ -f "$html" ] || continue
        n=$((n + 1))
        check "$a $pdf" same "out/$a/current/$pdf" "$html"
    done
done
check "there are documents to compare ($n)" test "$n" -ge 2

# a test that cannot fail is none
pdf=$(realpath out/leadership/current/daily.pdf) html=$(realpath out/leadership/current/daily.html)
sed 's/<h2[^>]*>/&Không /' "$html" >other.html
run 1 "a word more in a heading is seen" same "$pdf" other.html
awk '!done && /<p>/ { done = 1; sub(/<p>[^<]*/, "<p>Một câu khác.") } { print }' "$html" >other.html
run 1 "another paragraph is seen" same "$pdf" other.html
python3 - "$html" >other.html <<'P'
import re, sys
s = open(sys.argv[1], encoding="utf-8").read()
cells = [m for m in re.finditer(r"<td[^>]*>(?:<data[^>]*>|<[^>]+>)*([0-9][0-9.,]*)", s)]
m = cells[0]
print(s[:m.start(1)] + "9876" + s[m.end(1):])
P
run 1 "another number in a cell is seen" same "$pdf" other.html
done_testing
