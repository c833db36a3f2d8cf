#!/bin/sh
# The table in reports/README.md is what the program prints now, and nothing of the plans is missing in it.
. "$ROOT/tests/lib.sh"
export GIAOBAN

cp "$ROOT/reports/README.md" now.md
check "the table can be made" "$ROOT/scripts/plan-table" now.md
same_files "reports/README.md has the table as it is now (if not: make plan-table)" "$ROOT/reports/README.md" now.md

# The name of a row is its code in backquotes.
codes() { cut -d, -f1 "$ROOT/reports/catalogue/$1" | tail -n +2 | tr -d '\r' | sort; }
listed() { sed -n 's/^| `\([a-z0-9-]*\)`.*/\1/p' table.md | sort; }
sed -n '/^<!-- plan-table -->$/,/^<!-- \/plan-table -->$/p' "$ROOT/reports/README.md" >table.md
is "32 scenarios" "$(sed -n '/^### K/,/^### N/p' table.md | grep -c '^| `')" 32
is "29 groups" "$(sed -n '/^### N/,$p' table.md | grep -c '^| `')" 29
is "each code of the catalogue once" "$(listed)" "$({ codes scenarios.csv; codes groups.csv; } | sort)"
is "each has a definition that makes something" "$(grep -c 'chưa có định nghĩa' table.md)" 0
is "each is on in some locality" "$(grep '^| `' table.md | grep -c '^| [^|]* | – | – |')" 0
for l in "$ROOT"/reports/localities/*/; do
    name=$(sed -n 's/^ *short_name *= *"\(.*\)",.*/\1/p' "$l/locality.lua" | head -1)
    is "a column for $name" "$(grep -c "^| kịch bản .* | $name |" table.md)" 1
done

# A stale table is found: one word changed in a copy is put right again.
sed 's/^| `civil-defence` [^|]*|/| `civil-defence` Khác |/' "$ROOT/reports/README.md" >stale.md
cp stale.md mended.md
check "a stale table is rewritten" "$ROOT/scripts/plan-table" mended.md
if cmp -s stale.md mended.md; then not_ok "the stale copy was changed" "it was not"; else ok "the stale copy was changed"; fi
grep -v '^<!-- /plan-table' "$ROOT/reports/README.md" >open.md
run 65 "without its markers nothing is written" "$ROOT/scripts/plan-table" open.md
done_testing
