#!/bin/sh
# site.sh — the pages of each edition as a browser would follow them: links, parts, headings, sizes, nothing that runs (python3).
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
if ! python3 -c 'import html.parser' 2>/dev/null; then
    skip "pages of an edition" "python3 is not installed"
    done_testing
fi
R=$TMP/reports
small_reports "$R"
cp "$ROOT/reports/site/khong-tim-thay.lua" "$R/site/"
check "sample writes deliveries" small_sample "$R" drop
run 0 "a night" night --drop drop --store s.db --out out
# made-up figures say so in every file that holds figures, whoever gets it
unmarked() { find -L out/*/current "$@" -type f -not -path '*/rel/*' -exec grep -LE 'SỐ LIỆU MẪU|[Ss]ố liệu mẫu|"sample": ?true' {} +; }
is "every CSV of figures is marked" "$(unmarked -name '*.csv' -not -name codebook.csv -not -name facts.csv)" "" # facts.csv holds no values
is "every page is marked" "$(unmarked -name '*.html' -not -name khong-tim-thay.html)" ""
is "every JSON, feed and catalogue is marked" "$(unmarked \( -name '*.json' -o -name '*.xml' -o -name '*.jsonld' \) -not -path '*/receipts/*')" ""
for a in leadership statistics front public; do
    check "pages of $a" python3 "$ROOT/tests/e2e/site.py" "out/$a/current"
done
page=out/public/current/chi-so/inv.disbursement_rate.html
like "an indicator's page knows its sector" "$(cat "$page")" 'index.html#dau-tu-cong">'
like "and its neighbour" "$(cat "$page")" 'rel="(prev|next)" href="../chi-so/inv\.'
is "the page for a wrong address is not in the navigation" "$(sed -n '/<nav aria-label/,/<\/nav>/p' "$page" | grep -c khong-tim-thay)" 0
like "a navigation has short names" "$(sed -n '/<nav aria-label/,/<\/nav>/p' "$page")" '>Về số liệu<'

# a test that cannot fail is none
mkdir -p public/rel && cp -r "$(realpath out/public/current)" public/rel/x && chmod -R u+w public
sed -i 's/<h2>/<h3 onclick="x">/; s/index\.html#dau-tu-cong/index.html#nowhere/' public/rel/x/chi-so/inv.disbursement_rate.html
run 1 "faults are noticed" python3 "$ROOT/tests/e2e/site.py" public/rel/x
like "and named" "$(cat "$TMP/stdout")" "no such part"
done_testing
