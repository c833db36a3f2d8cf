#!/bin/sh
# paper.sh — the PDF files of a night as a screen reader and an archive see them (python3, qpdf, pdfinfo): structure, words for pictures,
# metadata, what PDF/A-2 asks and forbids. The small locality, and a briefing with charts and maps by the project's own definition.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
for tool in python3 qpdf pdfinfo; do
    command -v $tool >/dev/null 2>&1 || { skip "structure of the PDF files" "no $tool"; done_testing; }
done
R=$TMP/reports
small_reports "$R"
cp "$ROOT/reports/quality.lua" "$R/"
cp -r "$ROOT/reports/lib/." "$R/lib/"
cat >"$R/daily.lua" <<'L'
return gb.report { code = "daily", type = "BÁO CÁO NHANH", title = "Tình hình", audiences = { "leadership", "front" }, rhythm = "daily",
  body = function(doc, s)
    local rate = s["inv.disbursement_rate"]
    doc:section("Tóm tắt", function() doc:summary { s:take(5, s:alerts(gb.watch)) } end)
    doc:section("Hình", function()
      doc:figures { rate }
      doc:line { rate, target = true }
      doc:bars { rate, by = "commune", worst = 8 }
      doc:map { rate, by = "commune" }
    end)
    doc:section("Tất cả", function() doc:table { s:all(), title = "Số liệu mới nhất", columns = { "value", "previous", "period" } } end)
    doc:source()
  end }
L
check "sample writes deliveries" small_sample "$R" drop
run 0 "a night" night --drop drop --store s.db --out out
find -L out/*/current -name '*.pdf' -not -path '*/rel/*' | sort >list
check "there are files ($(wc -l <list))" test "$(wc -l <list)" -ge 3
run 0 "what each part is, and what an archive asks" python3 "$ROOT/tests/e2e/paper.py" $(cat list)
like "among them pictures and tables" "$(cat "$TMP/stdout")" '[1-9][0-9]* tables, [1-9][0-9]* figures, [1-9][0-9]* fields, 0 faults'
one=$(grep leadership list | grep daily | head -1)
for f in $(cat list); do
    case $(qpdf --check "$f" 2>&1) in *"No syntax or stream encoding errors"*) ;; *) echo "$f" ;; esac
done >broken
is "qpdf finds no fault" "$(cat broken)" ""
like "pdfinfo sees tags" "$(pdfinfo "$one")" 'Tagged: *yes'
run 0 "what is signed has one place for it" python3 "$ROOT/tests/e2e/paper.py" "$one"
like "one field" "$(cat "$TMP/stdout")" ', 1 fields'
run 0 "what is not signed has none" python3 "$ROOT/tests/e2e/paper.py" "$(grep front list | head -1)"
like "no field" "$(cat "$TMP/stdout")" ', 0 fields'
text=$(pdfinfo -struct-text "$one" | sed 's/^ *//')
like "the title is a heading" "$text" 'H1 [(]block[)]
"Tình hình'
is "page numbers and footers are not read" "$(printf '%s\n' "$text" | grep -c 'Ấn bản')" 0
# in order of reading: letterhead, title, summary, table
order=$(printf '%s\n' "$text" | grep -oE 'CỘNG HÒA XÃ HỘI|^"Tình hình|TÓM TẮT|TẤT CẢ|^Table|Nguồn:' | tr '\n' ' ')
like "the order is that of reading" "$order" '^CỘNG HÒA XÃ HỘI "Tình hình TÓM TẮT (Nguồn: )*TẤT CẢ Table Nguồn: $'

# a test that cannot fail is none: one fault a copy, same length, so that the file stays whole
broken() {
    qpdf --qdf --object-streams=disable "$one" plain.pdf
    LC_ALL=C sed "$1" plain.pdf >bad.pdf
    cmp -s plain.pdf bad.pdf && { is "the fault is there: $1" "same" "other"; return; }
    run 1 "noticed: $2" python3 "$ROOT/tests/e2e/paper.py" bad.pdf
    like "and named: $2" "$(cat "$TMP/stdout")" "$2"
}
broken 's|/S /H2$|/S /H4|' 'levels of headings'
broken 's|/S /TBody$|/S /THeax|' 'in THeax'
broken '0,/BDC$/s|/MCID 0|/MCID 9|' 'not 0..n'
broken 's|<pdfaid:part>2|<pdfaid:part>1|' 'no claim'
broken 's|/FT /Sig|/FT /Btn|' 'no empty signature'
broken 's|^<00\([1-5].\)> <....>$|<00\1> <FFFF>|' 'which says'
broken '0,/\/Artifact BMC/s|/Artifact BMC|             |' 'outside of a mark'
done_testing
