# tests/lib.sh — what every test script sources first: `. "$ROOT/tests/lib.sh"`. POSIX sh, TAP out.
#
#   ok NAME                      passed                     not_ok NAME [WHY]     failed
#   skip NAME WHY                not run here               done_testing          prints the plan, sets the exit status
#   is NAME GOT WANT             equal strings              like NAME TEXT REGEX  grep -E finds it
#   run STATUS NAME CMD...       exit status; stdout in $TMP/stdout, stderr in $TMP/stderr
#   check NAME CMD...            the command succeeds       same_files NAME A B   equal bytes
#   golden NAME WANT_FILE GOT_FILE     compares with a tracked file; `make bless T=case` shows the difference and asks
# Finish with done_testing. $GIAOBAN is the binary, $ROOT the repository, $TMP the fresh directory the script runs in.
tap_n=0
tap_failed=0
tap_name() { printf '%s' "$1" | tr '\n' ' ' | sed 's/#/no./g'; }
ok() { tap_n=$((tap_n + 1)); echo "ok $tap_n - $(tap_name "$1")"; }
not_ok() {
    tap_n=$((tap_n + 1))
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_n - $(tap_name "$1")"
    [ -z "${2:-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}
skip() { tap_n=$((tap_n + 1)); echo "ok $tap_n # SKIP $(tap_name "$1"): $(tap_name "$2")"; }
is() {
    if [ "$2" = "$3" ]; then ok "$1"; else
        not_ok "$1" "got:  $2
want: $3"
    fi
}
like() { if printf '%s\n' "$2" | grep -Eq -- "$3"; then ok "$1"; else not_ok "$1" "no match for: $3
in: $2"; fi; }
check() {
    check_name=$1
    shift
    if "$@" >"$TMP/check.out" 2>&1; then ok "$check_name"; else not_ok "$check_name" "status $?: $*
$(cat "$TMP/check.out")"; fi
}
run() {
    run_want=$1 run_name=$2
    shift 2
    "$@" >"$TMP/stdout" 2>"$TMP/stderr"
    run_got=$?
    if [ "$run_got" -eq "$run_want" ]; then ok "$run_name"; else
        not_ok "$run_name" "exit status $run_got, want $run_want: $*
stdout: $(tail -n 20 "$TMP/stdout")
stderr: $(tail -n 40 "$TMP/stderr")"
    fi
}
same_files() {
    if cmp -s "$2" "$3"; then ok "$1"; else not_ok "$1" "$(cmp "$2" "$3" 2>&1; diff -u "$2" "$3" 2>/dev/null | head -60)"; fi
}
golden() {
    if [ -f "$2" ] && cmp -s "$2" "$3"; then ok "$1"; return; fi
    if [ "${BLESS:-}" = ask ]; then
        diff -u "$2" "$3" 2>/dev/null || [ -f "$2" ] || cat "$3"
        printf 'Replace %s? [y/N] ' "$2"
        read -r bless_answer </dev/tty || bless_answer=n
        if [ "$bless_answer" = y ]; then
            mkdir -p "$(dirname "$2")" && cp "$3" "$2" && ok "$1 (blessed)"
            return
        fi
    fi
    not_ok "$1" "$(diff -u "$2" "$3" 2>&1 | head -120)
# bless with: BLESS=ask make e2e E2E_SH=tests/e2e/$(basename "$0")"
}
done_testing() {
    echo "1..$tap_n"
    [ "$tap_failed" -eq 0 ]
    exit $?
}
