#!/bin/sh
# names.sh — a person's name and telephone number in the notes and the title of a delivery reach no reader: not one file of any audience's
# edition holds them, whatever its format. Feedback and public opinion are about people; notes are written in a hurry.
. "$ROOT/tests/lib.sh"
. "$ROOT/tests/e2e/small.inc"
command -v python3 >/dev/null || { skip "names" "no python3"; done_testing; }
R=$TMP/reports
small_reports "$R"
# the project's own definitions about people, with every indicator that they name, and a book for the statisticians
cp "$ROOT"/reports/scenarios/citizen-feedback.lua "$ROOT"/reports/scenarios/public-opinion.lua "$R/scenarios/"
cp "$ROOT"/reports/lib/*.lua "$R/lib/"
cp "$ROOT"/reports/quality.lua "$ROOT"/reports/front.lua "$R/"
grep -ohE '"[a-z]+\.[a-z0-9_]+"' "$R"/scenarios/*.lua "$R"/*.lua | tr -d '"' | sort -u >codes
awk -F, 'FNR == NR { want[$1] = 1; next } FNR > 1 && ($1 in want) && $1 !~ /^(inv|fb)\./' codes "$ROOT/reports/catalogue/indicators.csv" \
    >>"$R/catalogue/indicators.csv"
run 0 "the definitions hold" "$GIAOBAN" check --reports "$R" --locality nho

mkdir drop
{
    echo 'indicator,region,period,value,status,note'
    region=$(awk -F, 'NR > 2 { print $1 }' "$R/localities/nho/regions.csv" | head -3)
    for day in 16 17 18 19 20 21; do
        for r in $region; do
            echo "fb.received,$r,2026-11-$day,9,A,\"Ông Nguyễn Văn Thử, 0912 345 678: rác thải\""
            echo "fb.overdue_open,$r,2026-11-$day,3$day,P,Bà Trần Thị Kiểm Tra 0987654321"
            echo "fb.resolved,$r,2026-11-$day,8,A,"
            echo "fb.resolved_ontime,$r,2026-11-$day,2,A,"
        done
    done
    echo 'fb.received,14758,2026-11-21,-5,A,Bà Trần Thị Kiểm Tra 0987654321'
} >drop/van-phong-ubnd_2026-11.csv
echo '{ "agency": "van-phong-ubnd", "as_of": "2026-11-21", "delivered_at": "2026-11-21T17:00:00+07:00",
  "title": "Phản ánh của ông Nguyễn Văn Thử 0912 345 678" }' >drop/van-phong-ubnd_2026-11.meta.json
sed '$d' drop/van-phong-ubnd_2026-11.csv >good && cp drop/van-phong-ubnd_2026-11.csv bad
for kind in good bad; do # a delivery that is taken, and one that is refused for its last row
    rm -rf out s.db
    cp "$kind" drop/van-phong-ubnd_2026-11.csv
    night --drop drop --store s.db --out out >/dev/null 2>&1
    is "$kind: the night was published" "$?" "$([ "$kind" = good ] && echo 0 || echo 10)"
    for a in leadership statistics front public ioc; do
        python3 - "out/$a/current/" >found.txt 2>&1 <<'P'
import os, re, subprocess, sys, zipfile, zlib
def texts(path):
    raw = open(path, "rb").read()
    yield raw
    if raw[:2] == b"PK":
        with zipfile.ZipFile(path) as z:
            for n in z.namelist():
                yield n.encode()
                yield z.read(n)
    if raw[:4] == b"%PDF":
        for m in re.finditer(rb"stream\r?\n(.*?)endstream", raw, re.S):
            try: yield zlib.decompress(m.group(1))
            except zlib.error: pass
        try: yield subprocess.run(["pdftotext", path, "-"], capture_output=True).stdout
        except OSError: pass
n = 0
for top, _, files in os.walk(sys.argv[1]):
    for f in files:
        n += 1
        for t in texts(os.path.join(top, f)):
            flat = re.sub(rb"\s+", b" ", re.sub(rb"<[^>]*>", b"", t))
            for word in ("Văn Thử", "Thị Kiểm Tra", "0912 345 678", "0912345678", "0987654321"):
                if word.encode() in flat or word.encode("utf-16-be") in t:
                    print(f"{os.path.join(top, f)}: {word}")
print("looked at", "some" if n > 3 else n)
P
        is "$kind: no name, no number in what $a gets" "$(cat found.txt)" "looked at some"
    done
done
# the test can fail: the figures of the same rows do reach the readers
rm -rf out s.db && cp good drop/van-phong-ubnd_2026-11.csv && night --drop drop --store s.db --out out >/dev/null 2>&1
like "the figure beside the note is published" "$(cat out/leadership/current/kich-ban/citizen-feedback.html)" "963"
done_testing
