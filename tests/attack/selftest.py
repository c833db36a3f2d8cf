#!/usr/bin/env python3
"""selftest.py — small editions with a planted leak each: attack.py finds every one, and nothing in those without. TAP."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CATALOGUE = """code,name_vi,unit_vi,frequency,aggregation,flow,decimals,scale,valid_min,valid_max,small_counts
t.cases,Số ca,ca,monthly,sum,flow,0,0,0,1000,5
t.all,Số hộ,hộ,monthly,sum,stock,0,0,0,100000,
t.rate,Tỷ lệ ca,%,monthly,ratio:t.cases/t.all,rate,2,4,0,100,5
t.part,Số ca nặng,ca,monthly,sum,flow,0,0,0,1000,5
t.cum,Số lũy kế,ca,monthly,sum,cumulative,0,0,0,1000,5
"""
RULES = "kind,indicator,others,tolerance,note_vi\nat-most,t.part,t.cases,,\n"
NAMES = {"38": "Tỉnh T", "1": "Xã Một", "2": "Xã Hai", "3": "Xã Ba", "4": "Xã Bốn"}
n_tests = failed = 0


def edition(top, night, cells, pages=(), documents=""):
    folder = os.path.join(top, night)
    os.makedirs(os.path.join(folder, "data"))
    for ind in {c[0] for c in cells}:
        with open(os.path.join(folder, "data", ind + ".csv"), "w", encoding="utf-8") as f:
            f.write("indicator,region,region_name,period,value,unit,status,derived,sample\n")
            for i, r, p, v in cells:
                if i == ind:
                    f.write("%s,%s,%s,%s,%s,,%s,%d,\n" % (i, r, NAMES[r], p, v, "A" if v else "Q", r == "38"))
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as f:
        f.write('{"date":"%s"}' % night)
    for name, text in pages:
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write("<html><body><main>%s</main></body></html>" % text)
    if documents:
        with open(os.path.join(folder, "front.csv"), "w", encoding="utf-8") as f:
            f.write("table,row,label,column,value,unit,text,status,indicator,region,period\n" + documents)
    return folder


def cells(ind, period, text):
    """"38=50 1= 2=40": a withheld one has nothing behind its sign."""
    return [(ind, r, period, v) for r, v in (x.split("=") for x in text.split())]


def case(name, want, nights, truth=""):
    """nights: (date, cells, pages, documents); want: kind of a finding, or None for no finding at all."""
    global n_tests, failed
    with tempfile.TemporaryDirectory() as top:
        for file, text in (("indicators.csv", CATALOGUE), ("consistency.csv", RULES), ("truth.csv", "indicator,region,period,value\n" + truth)):
            with open(os.path.join(top, file), "w", encoding="utf-8") as f:
                f.write(text)
        folders = [edition(top, *n) for n in nights]
        command = [sys.executable, os.path.join(HERE, "attack.py"), "--indicators", os.path.join(top, "indicators.csv")]
        r = subprocess.run(command + (["--truth", os.path.join(top, "truth.csv")] if truth else []) + folders, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    out = r.stdout.decode("utf-8")
    good = r.returncode == (0 if want is None else 1) and (want is None or any(x.startswith(want) for x in out.split("\n")))
    n_tests += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", n_tests, name))
    if not good:
        print("".join("# %s\n" % x for x in ["status %d" % r.returncode] + out.split("\n")))


M, N = "2026-01", "2026-02-01"
SAFE = cells("t.cases", M, "38=60 1= 2=40 3= 4=10")
ALL = cells("t.all", M, "38=5000 1=1000 2=1500 3=1500 4=1000")
case("protected by another: nothing", None, [(N, SAFE)])
case("only the primary one is withheld", "bound: t.cases 1 ", [(N, cells("t.cases", M, "38=60 1= 2=40 3=7 4=10"))])
case("two that are few together", "bound: t.cases 1 ", [(N, cells("t.cases", M, "38=53 1= 2=40 3= 4=10") + cells("t.part", M, "38=2 1=2 2=0 3=0 4=0"))])
case("a small total tells itself, no more", None, [(N, cells("t.cases", M, "38=3 1= 2= 3= 4="))])
case("a rate beside its denominator", "bound: t.cases 1 ", [(N, SAFE + ALL + cells("t.rate", M, "38=1.2 1=0.3 2=2.6667 3= 4=1"))])
case("a rate that is withheld with it: nothing", None, [(N, SAFE + ALL + cells("t.rate", M, "38=1.2 1= 2=2.6667 3= 4=1"))])
case("a cumulative figure between two shown ones", "bound: t.cum 1 ",
     [(N, cells("t.cum", "2026-01", "38=30 1=6 2=12 3=12") + cells("t.cum", "2026-02", "38=40 1= 2= 3=14") + cells("t.cum", "2026-03", "38=50 1=8 2=28 3=14"))])
case("the year to date", "bound: t.cases 1 ", [(N, SAFE + cells("t.cases", "2026-02", "38=60 1=20 2=10 3=20 4=10"), (),
                                                "t,1,Xã Một,Lũy kế từ đầu năm,23,ca,,A,t.cases,1,2026-02\n")])
LATER = cells("t.cases", M, "38=62 1= 2=40 3= 4=10")
case("two nights, a late one alone", "bound: t.cases 4 ", [("2026-02-01", cells("t.cases", M, "38=50 1= 2=40 3=")), ("2026-02-02", cells("t.cases", M, "38=53 1= 2=40 3= 4="))])
case("two nights, the same withheld and one revised: nothing", None, [("2026-02-01", SAFE), ("2026-02-02", LATER)])
case("shown by one night's JSON or other edition", "shown: t.cases 1 ", [(N, SAFE, (), "t,1,Xã Một,Số ca,3,ca,,A,t.cases,1,2026-01\n")])
PLACE = "<h1>Số ca</h1><section><h2>Các xã</h2>%s</section>"
case("a sentence with the figure", "figure: t.cases 1 ", [(N, SAFE, [("a.html", PLACE % "<p>Xã Một: 3 ca tháng 1/2026.</p>")])])
case("the true value in an alternative text", "true: t.cases 1 ",
     [(N, SAFE, [("a.html", PLACE % '<div aria-label="Tháng 1/2026: Xã Một 3 ca, Xã Hai 40 ca"></div>')])], "t.cases,1,2026-01,3\n")
case("a rank in a sentence", "rank: t.cases 1 ", [(N, SAFE, [("a.html", PLACE % "<p>Tháng 1/2026 thấp nhất tại Xã Một.</p>")])])
case("a state in a table", "state: t.cases 1 ", [(N, SAFE, [("a.html", PLACE % (
    "<table><caption>Tháng 1/2026</caption><tr><th>Tên</th><th>Mức</th></tr><tr><td>Xã Một</td><td>theo dõi</td></tr></table>"))])])
case("a rank that counts withheld places", "rank: t.cases 4 ", [(N, SAFE, (), "t,1,Xã Bốn,Xếp thứ,4,,,,t.cases,4,2026-01\n")])
case("a rank among what is shown: nothing", None, [(N, SAFE, (), "t,1,Xã Bốn,Xếp thứ,2,,,,t.cases,4,2026-01\n")])
BAR = ('<figure><svg><title>Số ca tháng 1/2026</title><text x="0" y="20">Xã Một</text>%s<text x="0" y="40">Xã Hai</text>'
       '<path d="M50 32l80 0 0 10 -80 0z" fill="#00609c"/></svg></figure>')
case("the bar of a withheld place", "mark: t.cases 1 ", [(N, SAFE, [("a.html", PLACE % (BAR % '<path d="M50 12l6 0 0 10 -6 0z" fill="#00609c"/>'))])])
case("no bar: nothing", None, [(N, SAFE, [("a.html", PLACE % (BAR % ""))])])
case("“not published” beside the place: nothing", None, [(N, SAFE, [("a.html", PLACE % (
    '<table><caption>Tháng 1/2026</caption><tr><th>Tên</th><th>Số</th></tr><tr><td>Xã Một</td><td><span title="không công bố">–</span></td></tr></table>'))])])
print("1..%d" % n_tests)
sys.exit(1 if failed else 0)
