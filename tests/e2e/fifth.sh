#!/bin/sh
# fifth.sh — a fifth locality by copying a folder: exactly the ten lines that the two READMEs show, run in a copy of reports/.
. "$ROOT/tests/lib.sh"
block() { awk '/^```sh/ { n++; if (/sh$/) { text = ""; in_block = 1; next } } /^```/ { if (in_block && text ~ /nghe-an/) { printf "%s", text; exit } in_block = 0 } in_block { text = text $0 "\n" }' "$1"; }
block "$ROOT/reports/localities/README.md" >lines.sh
block "$ROOT/README.md" >main.sh
check "both READMEs show the same lines" cmp lines.sh main.sh
is "ten of them" "$(wc -l <lines.sh | tr -d ' ')" 10
cp -r "$ROOT/reports" reports && chmod -R u+w reports
cp -r "$ROOT/templates" templates
mkdir build && cp "$GIAOBAN" build/giaoban
sh -e lines.sh >out.txt 2>err.txt
status=$?
is "the ten lines end with 0" "$status $(tail -n 2 err.txt)" "0 $(tail -n 2 err.txt)"
like "the plan names its jobs" "$(cat out.txt)" '"id":"statistics/'
check "an edition is there" test -s out/nghe-an/leadership/current/daily.pdf
check "and the site" test -s out/nghe-an/public/current/index.html
like "with its own name at the head" "$(cat out/nghe-an/leadership/current/daily.html)" "Nghệ An"
like "and its own name on the site" "$(cat out/nghe-an/public/current/index.html)" "Nghệ An"
is "nothing of the place it was copied from is published" \
    "$(find -L out/nghe-an/public/current -name '*.html' | head -1 | wc -l | tr -d ' ') $(grep -rlE 'Thanh Hóa|Nghi Sơn|trạm Giàng|Cửa Đạt' out/nghe-an/*/current/ --include=*.html --include=*.json --include=*.csv --include=*.xml --include=*.jsonld | wc -l | tr -d ' ')" '1 0'
done_testing
