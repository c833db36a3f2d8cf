#!/bin/sh
# overlaps.sh — every page of a night is watched while it is drawn: none of a small night's has a fault, and a page that has one stands,
# with a warning, a finding in the manifest and exit status 10. (`make overlaps` is the same over full nights of all localities.)
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
R=$TMP/reports
small_reports "$R"
cp "$ROOT/reports/quality.lua" "$R/"
small_sample "$R" "$TMP/drop"
run 0 "a night without a fault" night --drop drop --store a.db --out a
is "no page has a fault" "$(grep -c 'layout' stderr)" 0
check "there are pages" test "$(find a -name '*.pdf' | wc -l)" -ge 2
GB_FAULT=watch.page:1 night --drop drop --store b.db --out b >b.out 2>b.err
is "a fault is a finding" "$?" 10
like "the warning names the report and the page" "$(cat b.err)" 'layout: .*(trang [0-9]+|hình).*trang thử'
like "the manifest has it" "$(cat b/*/current/manifest.json)" '"kind": *"layout"'
done_testing
