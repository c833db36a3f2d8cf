#!/bin/bash
# The two small sets of real data, when they are there: a whole night on each, every exported figure equal to expected.json. And the
# judge itself: one changed figure of the expectation must be found. (All sets: make real.)
. "$ROOT/tests/lib.sh"
DATA=${REAL_DATA:-$ROOT/../shared/data/real}
export COMPARE="$ROOT/build/${GB_CONF:-release}/real/compare" MEASURE="$ROOT/build/${GB_CONF:-release}/bench/measure" REAL_WORK="$TMP/work"
found=
for set in worldbank-vn dengue; do
    if [ ! -d "$DATA/$set/deliveries" ]; then
        skip "$set" "the data are not here"
        continue
    fi
    run 0 "$set: every figure as expected" "$ROOT/scripts/real" "$set"
    like "$set: figures were compared" "$(cat stdout)" "figures [1-9][0-9]{3}, differences 0; status 0"
    found=$set
done
if [ -n "$found" ]; then
    mkdir -p other && cp -R "$DATA/$found" other/ && chmod -R u+w other
    sed -E '0,/"sum": "([0-9.]+)([0-9])"/s//"sum": "\17\2"/' "$DATA/$found/expected.json" >"other/$found/expected.json"
    REAL_DATA="$TMP/other" run 1 "a wrong expectation is noticed" "$ROOT/scripts/real" "$found"
    like "and named" "$(cat stdout)" "differs: sum "
fi
run 0 "no data: nothing to do" env REAL_DATA="$TMP/nowhere" "$ROOT/scripts/real"
like "and it says so" "$(cat stdout)" "skipped, there is no"
done_testing
