#!/bin/bash
# The tools that judge the rest must themselves fail when they should: the runner, the linter, the font pin, the set-up.
. "$ROOT/tests/lib.sh"

# ---- tests/run: a small repository of its own, with good and bad tests
mkdir -p t/tests/e2e && cp "$ROOT/tests/run" "$ROOT/tests/lib.sh" t/tests/
case_of() { printf '#!/bin/sh\n%s\n' "$2" >"t/tests/e2e/$1.sh" && chmod +x "t/tests/e2e/$1.sh"; }
case_of good '. "$ROOT/tests/lib.sh"; ok one; is two a a; skip three "no screen"; done_testing'
case_of bad '. "$ROOT/tests/lib.sh"; ok one; is two a b; done_testing'
case_of dies 'echo "1..2"; echo "ok 1 - one"; kill -SEGV $$'
case_of silent 'exit 0'
case_of short 'echo "1..3"; echo "ok 1 - one"'
case_of slow 'echo "1..1"; sleep 30; echo "ok 1"'
case_of status 'echo "1..1"; echo "ok 1 - one"; exit 3'
case_of dirty 'touch "$TMP/x" && mkdir "$TMP/d" && chmod 0 "$TMP/d" && pwd >&2; . "$ROOT/tests/lib.sh"; is cwd "$(pwd -P)" "$(cd "$TMP" && pwd -P)"; done_testing'
summed() { # NAME STATUS LAST-LINE CASE...
    name=$1 want=$2 line=$3
    shift 3
    files=
    for one in "$@"; do files="$files tests/e2e/$one.sh"; done
    TEST_TIMEOUT=2 JOBS=2 t/tests/run e2e $files >"$TMP/run.out" 2>&1
    got=$?
    is "$name" "$got $(tail -n 1 "$TMP/run.out")" "$want $line"
}
summed "a good script" 0 "2 passed, 0 failed, 1 skipped" good
summed "a failing script" 1 "1 passed, 1 failed, 0 skipped" bad
like "a failure is shown in full" "$(cat run.out)" "^# got:  a"
summed "a script that dies" 1 "1 passed, 1 failed, 0 skipped" dies
summed "a script that says nothing" 1 "0 passed, 1 failed, 0 skipped" silent
summed "a script that stops early" 1 "1 passed, 1 failed, 0 skipped" short
summed "a script that hangs" 1 "0 passed, 1 failed, 0 skipped" slow
summed "a bad exit status" 1 "1 passed, 1 failed, 0 skipped" status
summed "several" 1 "4 passed, 1 failed, 1 skipped" good bad dirty
summed "none" 0 "0 passed, 0 failed, 0 skipped"

# ---- scripts/lint: each rule finds its sinner
mkdir -p l/scripts l/pipeline/base l/pipeline/render l/pipeline/cube && cp "$ROOT/scripts/lint" l/scripts/
printf '#include "base/a.h"\nint gb_a(void);\n' >l/pipeline/render/ok.c
lint_says() { # NAME FILE CONTENT REGEX
    printf '%b' "$3" >"l/$2"
    out=$(l/scripts/lint 2>&1)
    status=$?
    rm "l/$2"
    if [ $status -eq 1 ]; then like "lint: $1" "$out" "$4"; else not_ok "lint: $1" "status $status: $out"; fi
}
check "lint: a clean tree" l/scripts/lint
lint_says "layers" pipeline/base/x.c '#include "render/r.h"\n' 'base/x.c:1: base/ must not include render/r.h'
lint_says "relative include" pipeline/base/x.c '#include "err.h"\n' 'write it from pipeline/'
lint_says "private header" pipeline/render/x.c '#include "cube/cube_int.h"\n' 'private to cube/'
lint_says "owner" pipeline/render/x.c '#include <sqlite3.h>\n' '<sqlite3.h> belongs to store/'
lint_says "banned call" pipeline/render/x.c 'int a;\nint b = atof("1");\n' 'x.c:2: atof\(\)'
lint_says "clock" pipeline/render/x.c 'long t = time(0);\n' 'time\(\)'
lint_says "malloc" pipeline/render/x.c 'void *p = malloc(3);\n' 'malloc\(\)'
lint_says "default in a node switch" pipeline/render/x.c 'switch (k) {\ncase GB_NODE_DOC: break;\ndefault: break;\n}\n' 'x.c:3: default:'
lint_says "long function" pipeline/base/x.c "int gb_f(void)\n{\n$(printf 'x;\\n%.0s' $(seq 90))}\n" 'function of 90 lines'
lint_says "long file" pipeline/base/x.c "$(printf '/* */\\n%.0s' $(seq 801))" '801 lines'
lint_says "NFC" pipeline/base/x.c '/* Ho\xcc\x81a */\n' 'x.c:1: text is not NFC'
printf '/* atof("1") malloc(3) */\nconst char *gb_s = "strcpy(a, b)";\n' >l/pipeline/render/x.c
check "lint: prose and strings are not calls" l/scripts/lint

# ---- fonts and set-up
mkdir fonts && printf 'not a font' >fonts/LiberationSerif-Regular.ttf
sed -n 1p "$ROOT/templates/fonts/SHA256SUMS" >sums
run 1 "another font is refused" "$ROOT/scripts/fonts-check" fonts sums
like "and named" "$(cat stderr)" "LiberationSerif-Regular.ttf: FAILED"
run 1 "no font directory is refused" "$ROOT/scripts/fonts-check" nowhere sums
run 64 "set-up knows its words" "$ROOT/scripts/setup" --everything
mkdir bin
printf '#!/bin/sh\nexit 1\n' >bin/dpkg-query && printf '#!/bin/sh\necho 1000\n' >bin/id && printf '#!/bin/sh\necho called >>"%s/apt"\n' "$TMP" >bin/apt-get
chmod +x bin/*
run 1 "set-up without root says what to run" env PATH="$TMP/bin:$PATH" "$ROOT/scripts/setup" --check
like "the command is exact" "$(cat stderr)" "sudo apt-get update && sudo apt-get install -y --no-install-recommends gcc .*libcmocka-dev"
if [ -e apt ]; then not_ok "set-up without root calls no apt"; else ok "set-up without root calls no apt"; fi
done_testing
