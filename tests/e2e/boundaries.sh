#!/bin/sh
# boundaries.sh — scripts/boundaries: outlines are installed whole, checked and with their source, or not at all.
. "$ROOT/tests/lib.sh"
install() { "$ROOT/scripts/boundaries" "$@"; }
command -v jq >/dev/null 2>&1 || { skip "scripts/boundaries" "no jq"; done_testing; exit; }
cp -r "$ROOT/tests/unit/data/toy-province" place
mv place/boundaries.geojson good.geojson
untouched() { check "$1: nothing is installed" sh -c '! ls place | grep -q boundaries'; }

run 65 "without a source" install good.geojson ./place
like "it tells the duty" "$(cat stderr)" "điều khoản sử dụng riêng"
like "and the remedy" "$(cat stderr)" "thêm --source"
untouched "without a source"

jq '.features[0].properties.code = "97"' good.geojson >bad.geojson
run 65 "an unknown code" install bad.geojson ./place --source "mẫu"
like "is named, with what to do" "$(cat stderr)" "không có trong regions.csv: 97"
untouched "an unknown code"
jq '.features[1].properties.code = .features[0].properties.code' good.geojson >bad.geojson
run 65 "a code twice" install bad.geojson ./place --source "mẫu"
like "is named" "$(cat stderr)" "hai đối tượng trở lên: 90001"
jq '.features[].properties |= { ma: .code }' good.geojson >other.geojson
run 65 "codes in another property" install other.geojson ./place --source "mẫu"
like "which is told" "$(cat stderr)" "\(có: ma\)"
jq '.features[0].geometry = { type: "Point", coordinates: [105, 19] }' good.geojson >bad.geojson
run 65 "a point is no outline" install bad.geojson ./place --source "mẫu"
jq '.features[0].geometry.coordinates[0][0] = [2105, 19]' good.geojson >bad.geojson
run 65 "metres instead of degrees" install bad.geojson ./place --source "mẫu"
like "the program's own words" "$(cat stderr)" "WGS 84"
jq '.crs = { type: "name" }' good.geojson >bad.geojson
run 65 "another reference system" install bad.geojson ./place --source "mẫu"
echo '{' >bad.geojson
run 65 "no JSON" install bad.geojson ./place --source "mẫu"
run 65 "no such place" install good.geojson ./nowhere --source "mẫu"
run 64 "no arguments" install
untouched "all that"

run 0 "installed" install other.geojson ./place --source "Ranh giới mẫu, vẽ tay" --code ma
is "with its source" "$(cat place/boundaries.source.txt)" "Ranh giới mẫu, vẽ tay"
like "said with what was dropped" "$(cat stdout)" "đã cài ranh giới [0-9]+ đơn vị"
run 0 "the place is good" "$GIAOBAN" check --locality ./place
is "every unit is there" "$(jq -r '.features[].properties.code' place/boundaries.geojson | sort)" "$(jq -r '.features[].properties.code' good.geojson | sort)"

check "simplified once, and nothing is left to be told" sh -c 'test -s place/boundaries.levels && ! "$GIAOBAN" check --locality ./place | grep -q boundaries.levels'

jq '.features[0].geometry = { type: "Polygon", coordinates: [[[105,19],[106,20],[106,19],[105,20.5],[105,19]]] }' good.geojson >bow.geojson
cp place/boundaries.geojson before.geojson
run 65 "a border that crosses itself" install bow.geojson ./place --source "mẫu"
like "is refused with its place and what to do" "$(cat stderr)" "mã 90001.*tự cắt, tại kinh độ 105.60000.*--repair"
same_files "nothing is changed" before.geojson place/boundaries.geojson
run 0 "unless somebody decided for a repair" install bow.geojson ./place --source "mẫu" --repair
like "which is told" "$(cat stderr)" "đã sửa theo make_valid"

# Six scales with the same points on both sides of a border; a speck stays at all of them; a second time changes nothing.
printf '%s' '{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"90001"},"geometry":{"type":"Polygon","coordinates":[[[105,19],[105.1,19],[105.1,19.05],[105.10001,19.0501],[105.1,19.1],[105,19.1],[105,19]]]}},
{"type":"Feature","properties":{"code":"90002"},"geometry":{"type":"Polygon","coordinates":[[[105.1,19],[105.2,19],[105.2,19.1],[105.1,19.1],[105.10001,19.0501],[105.1,19.05],[105.1,19]]]}},
{"type":"Feature","properties":{"code":"90003"},"geometry":{"type":"MultiPolygon","coordinates":[[[[106,19],[106.00005,19],[106.00005,19.00005],[106,19]]]]}}]}' >fine.geojson
run 0 "a finer file replaces it" install fine.geojson ./place --source "mẫu"
is "a speck stays at every scale" "$(grep -A1 '^90003 ' place/boundaries.levels | grep -c '^+ 3 ')" 6
is "a border has the same number of points for both" "$(grep -A1 '^90001 5 ' place/boundaries.levels | tail -1 | cut -d' ' -f2)" "$(grep -A1 '^90002 5 ' place/boundaries.levels | tail -1 | cut -d' ' -f2)"
cp place/boundaries.levels once.levels
cp place/boundaries.geojson once.geojson
run 0 "again" install once.geojson ./place --source "mẫu"
same_files "the same bytes" once.geojson place/boundaries.geojson
same_files "the same outlines" once.levels place/boundaries.levels
done_testing
