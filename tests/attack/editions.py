"""editions.py — what is in published editions: figures (data/*.csv, data/*.json, the CSV of documents) and contexts: a row of a table, a
sentence, a caption, an alternative text, a text in an SVG, a line of a PDF, each with the page it stands on."""
import csv
import functools
import json
import os
import re
import shutil
import subprocess
import zipfile
from fractions import Fraction
from html.parser import HTMLParser
from xml.etree import ElementTree

csv.field_size_limit(1 << 26)
VOID = {"meta", "link", "br", "hr", "img", "input", "col"}
TEXT = {"p", "li", "figcaption", "desc", "title", "text", "dt", "dd", "h1", "h2", "h3", "caption", "summary"}


@functools.lru_cache(None)
def number(text):
    return (Fraction(text) if "." in text else int(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


class Edition:
    def __init__(self, folder):
        self.folder = os.path.realpath(folder)
        with open(os.path.join(self.folder, "manifest.json"), encoding="utf-8") as f:
            manifest = json.load(f)
        text = json.dumps(manifest)
        found = re.search(r"\b(20\d\d-\d\d-\d\d)\b", os.path.basename(self.folder)) or re.search(r"\b(20\d\d-\d\d-\d\d)\b", text)
        self.night = found.group(1)
        self.cells, self.names, self.clashes, self.derived, self.beside = {}, {}, [], {}, []

    def files(self, *ends):
        for folder, _, files in sorted(os.walk(self.folder)):
            for f in sorted(files):
                if f.endswith(ends):
                    yield os.path.join(folder, f)

    def cell(self, key, value, status, where):
        old = self.cells.get(key)
        if old and (old[0] is None) != (value is None) and "Q" in (old[1], status):
            self.clashes.append((key, value if value is not None else old[0], where))
        if old is None or old[0] is None:
            self.cells[key] = (value, status)

    def read_figures(self, indicators, wanted):
        """wanted: indicators that have to do with withheld figures; files of others are passed over."""
        others = set(indicators) - wanted
        for path in self.files(".csv"):
            if os.path.basename(path)[:-4] in others and os.path.basename(os.path.dirname(path)) == "data":
                continue
            where = os.path.relpath(path, self.folder)
            with open(path, encoding="utf-8", newline="") as f:
                rows = csv.DictReader(f)
                head = set(rows.fieldnames or ())
                if {"indicator", "region", "period", "value", "status", "region_name"} <= head:
                    for r in rows:
                        self.names[r["region"]] = r["region_name"]
                        self.derived[r["region"]] = self.derived.get(r["region"], 0) + (r.get("derived") == "1")
                        self.cell((r["indicator"], r["region"], r["period"]), number(r["value"]), r["status"], where)
                elif {"table", "label", "column", "value", "indicator", "region", "period"} <= head:
                    self.document(rows, where, indicators, wanted)
        for path in self.files(".json"):
            if os.path.basename(os.path.dirname(path)) == "data" and os.path.basename(path)[:-5] not in others:
                self.read_json(path)

    def document(self, rows, where, indicators, wanted):
        """The CSV of a document: a column that is the figure itself, or something made of it."""
        for r in rows:
            if not r["indicator"] or not r["region"] or not r["period"]:
                continue
            if r["indicator"] not in wanted:
                continue
            key, value = (r["indicator"], r["region"], r["period"]), number(r["value"] or "")
            name = indicators.get(r["indicator"], {}).get("name_vi", "")
            if re.match(r"(Xã|Phường|Thị trấn|Đặc khu) ", r["label"]):
                self.names.setdefault(r["region"], r["label"])
            if r["column"] in (name, "Thực hiện", "Giá trị"):
                self.cell(key, value, r["status"] or ("A" if value is not None else "Q" if "không công bố" in r["text"] else "M"), where)
            elif r["column"] and (value is not None or r["text"]):
                self.beside.append((key, r["column"], value, r["text"], where))

    def read_json(self, path):
        with open(path, encoding="utf-8") as f:
            data = json.load(f, parse_float=number, parse_int=number)
        where = os.path.relpath(path, self.folder)
        for s in data.get("series", ()) if isinstance(data, dict) else ():
            if not isinstance(s, dict) or "periods" not in s:
                continue
            for period, value, status in zip(s["periods"], s["values"], s["status"]):
                key = (data["code"], s["region"], period)
                if status == "Q" and value is not None:
                    self.clashes.append((key, value, where))
                self.cell(key, value, status, where)


class Page(HTMLParser):
    """Contexts of a page: (kind, heading, text, cells or None). Marks of an SVG by their place."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.contexts, self.charts = [], []
        self.stack, self.buffers, self.h1, self.heading, self.caption, self.head = [], [], "", "", "", []
        self.row, self.chart = None, None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        for k in ("alt", "aria-label"):
            if a.get(k):
                self.contexts.append(("alt", self.title(), a[k], None))
        if tag == "table":
            self.head, self.caption = [], ""
        if tag == "tr":
            self.row = []
        if tag in ("td", "th") and self.row is not None:
            self.buffers.append([])
        elif tag in TEXT:
            self.buffers.append([])
        if tag == "svg":
            self.chart = {"texts": [], "marks": [], "heading": self.title(), "about": ""}
        if self.chart is not None and tag in ("path", "rect", "circle"):
            self.mark(tag, a)
        if a.get("title") == "không công bố" and self.buffers:
            self.buffers[-1].append(" không công bố ")
        if tag not in VOID:
            self.stack.append((tag, a))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def title(self):
        return " | ".join(x for x in (self.h1, self.heading, self.caption) if x)

    def mark(self, tag, a):
        fill = a.get("fill", "#000")
        if fill in ("none", "#fff", "#ffffff") or fill.startswith("url"):
            return
        box = extent(a["d"]) if tag == "path" and "d" in a else None
        if tag == "rect":
            x, y, w, h = (float(a.get(k, 0)) for k in ("x", "y", "width", "height"))
            box = (x, y, x + w, y + h)
        if box:
            self.chart["marks"].append(box)

    def handle_data(self, data):
        if self.buffers:
            self.buffers[-1].append(data)

    def handle_endtag(self, tag):
        while self.stack:
            top, a = self.stack.pop()
            if top == tag:
                break
        else:
            return
        cell = tag in ("td", "th") and self.row is not None
        if (cell or tag in TEXT) and self.buffers:
            text = " ".join("".join(self.buffers.pop()).split())
            if cell:
                self.row.append(text)
                for x in self.buffers[-1:]:
                    x.append(" ")
            elif text:
                self.text(tag, a, text)
        if tag == "tr" and self.row is not None:
            if not self.head:
                self.head = self.row
            elif any(self.row):
                heads = self.head + [""] * len(self.row)
                self.contexts.append(("row", self.title(), " ; ".join(self.row), list(zip(heads, self.row))))
            self.row = None
        if tag == "svg" and self.chart:
            self.charts.append(self.chart)
            self.chart = None

    def text(self, tag, a, text):
        if tag == "h1":
            self.h1 = text
        elif tag in ("h2", "h3"):
            self.heading, self.caption = text, ""
        elif tag in ("caption", "figcaption"):
            self.caption = text
        if self.chart is not None:
            if tag == "text" and "x" in a:
                self.chart["texts"].append((float(a["x"]), float(a["y"]), text))
            elif tag in ("title", "desc"):
                self.chart["about"] += " " + text
        if self.row is not None and self.buffers:
            self.buffers[-1].append(" " + text + " ")
        for sentence in re.split(r"(?<=[.;:]) (?=\D)", text) if tag not in ("text",) else [text]:
            self.contexts.append((tag, self.title(), sentence, None))


def extent(d):
    """Box of a path of straight and curved steps (control points count: a bound, not the curve)."""
    tokens = re.findall(r"[a-zA-Z]|-?\d*\.?\d+", d)
    i, x, y, cmd, pts, sx, sy = 0, 0.0, 0.0, "", [], 0.0, 0.0
    while i < len(tokens):
        if tokens[i].isalpha():
            cmd = tokens[i]
            i += 1
            if cmd in "zZ":
                x, y = sx, sy
                continue
        n = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7}.get(cmd.lower())
        if not n or i + n > len(tokens):
            return None
        v = [float(t) for t in tokens[i:i + n]]
        i += n
        rel = cmd.islower()
        if cmd in "hH":
            x = x + v[0] if rel else v[0]
        elif cmd in "vV":
            y = y + v[0] if rel else v[0]
        else:
            x, y = (x + v[-2], y + v[-1]) if rel else (v[-2], v[-1])
        pts.append((x, y))
        if cmd in "mM":
            sx, sy, cmd = x, y, "l" if rel else "L"
    if not pts:
        return None
    return (min(p[0] for p in pts), min(p[1] for p in pts), max(p[0] for p in pts), max(p[1] for p in pts))


def pages(edition, pdf=True):
    """(path, Page or lines) of all HTML, feed, PDF and XLSX."""
    for path in edition.files(".html"):
        p = Page()
        with open(path, encoding="utf-8") as f:
            p.feed(f.read())
        yield os.path.relpath(path, edition.folder), p.contexts, p.charts
    for path in edition.files(".xml", ".jsonld"):
        with open(path, encoding="utf-8") as f:
            text = re.sub(r"<[^>]*>", "\n", f.read())
        yield os.path.relpath(path, edition.folder), [("line", "", x.strip(), None) for x in text.split("\n") if x.strip()], []
    for path in edition.files(".xlsx"):
        yield os.path.relpath(path, edition.folder), list(workbook(path)), []
    if pdf and shutil.which("pdftotext"):
        for path in edition.files(".pdf"):
            text = subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
            lines = [x.strip() for x in text.split("\n") if x.strip()]
            first = " ".join(lines[:12])
            yield os.path.relpath(path, edition.folder), [("line", first, x, None) for x in lines], []


def workbook(path):
    with zipfile.ZipFile(path) as z:
        tag = lambda e: e.tag.rsplit("}", 1)[-1]
        shared = []
        if "xl/sharedStrings.xml" in z.namelist():
            shared = ["".join(t.text or "" for t in si.iter() if tag(t) == "t") for si in ElementTree.fromstring(z.read("xl/sharedStrings.xml"))]
        for name in sorted(n for n in z.namelist() if n.startswith("xl/worksheets/sheet")):
            title = ""
            for row in (e for e in ElementTree.fromstring(z.read(name)).iter() if tag(e) == "row"):
                cells = []
                for c in row:
                    v = "".join(t.text or "" for t in c.iter() if tag(t) in ("v", "t"))
                    cells.append(shared[int(v)] if c.get("t") == "s" and v.isdigit() else v.replace(".", ",") if c.get("t") in (None, "n") else v)
                cells = [c for c in cells if c]
                if len(cells) == 1:
                    title = cells[0]
                elif cells:
                    yield "row", title, " ; ".join(cells), None
