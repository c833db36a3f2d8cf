"""paper.py FILE.pdf... — what a reader that cannot see, and an archive, find in a PDF (qpdf opens it): every mark of every page belongs to one
element and back, elements nest as the standard allows, cells have heads, pictures have words, links lead to pages, colours and fonts are
inside, every letter that is drawn has its character and its width, a field for the signature is empty and printed, and what ISO 19005-2
forbids is not there. One line a fault, exit 1."""
import json
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET

PARENTS = {"TR": {"THead", "TBody"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "Lbl": {"LI", "Note"}, "LBody": {"LI"}, "THead": {"Table"},
           "TBody": {"Table"}, "Caption": {"Table", "TOC"}, "TOCI": {"TOC"}, "Reference": {"TOCI", "P", "LBody"}, "H1": {"Document"}, "H2": {"Sect"}, "H3": {"Sect"},
           "Note": {"Document", "Sect", "LBody"}, "Document": {None}, "Sect": {"Document", "Sect"}}
ROLES = set("Document Sect H1 H2 H3 H4 H5 H6 P L LI Lbl LBody Table Caption THead TBody TR TH TD Figure Span Link Note TOC TOCI Reference "
            "Form".split())
PAINTS = {"f", "S", "B", "Tj", "TJ", "Do", "sh"}


class Paper:
    def __init__(self, path):
        self.path, self.faults = path, []
        top = json.loads(subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=all", path],
                                        check=True, capture_output=True).stdout)
        self.objects = {k[4:]: v for k, v in top["qpdf"][1].items() if k.startswith("obj:")}
        self.trailer = top["qpdf"][1]["trailer"]["value"]
        self.pages = top["pages"]
        self.root = self.value(self.trailer["/Root"])

    def fault(self, text, *rest):
        self.faults.append("%s: %s" % (self.path, text % rest))

    def value(self, x):
        while isinstance(x, str) and re.fullmatch(r"\d+ \d+ R", x):
            o = self.objects[x]
            x = o["value"] if "value" in o else o["stream"]["dict"]
        return x

    def data(self, ref):
        import base64
        return base64.b64decode(self.objects[ref]["stream"]["data"])

    def archive(self):
        if "/Encrypt" in self.trailer or "/ID" not in self.trailer:
            self.fault("encrypted, or no identifier")
        for key in ("/AA", "/OpenAction", "/Names", "/OCProperties", "/Perms", "/Requirements"):
            if key in self.root:
                self.fault("catalog has %s", key)
        if self.root.get("/Lang") != "u:vi" or not self.value(self.root["/MarkInfo"]).get("/Marked"):
            self.fault("no language or not marked")
        if not self.value(self.root["/ViewerPreferences"]).get("/DisplayDocTitle"):
            self.fault("window does not show the title")
        intent = self.value(self.value(self.root["/OutputIntents"])[0])
        icc = self.data(intent["/DestOutputProfile"])
        if icc[36:40] != b"acsp" or icc[16:20] != b"RGB " or int.from_bytes(icc[:4], "big") != len(icc):
            self.fault("the profile is none")
        xmp = ET.fromstring(self.data(self.root["/Metadata"]).decode("utf-8").strip("\ufeff"))
        said = {e.tag.split("}")[1]: "".join(e.itertext()).strip() for e in xmp.iter()}
        info = self.value(self.trailer["/Info"])
        for a, b in (("title", "/Title"), ("creator", "/Author"), ("description", "/Subject"), ("Keywords", "/Keywords"), ("Producer", "/Producer")):
            if said.get(a, "") != info.get(b, "u:")[2:]:
                self.fault("XMP says %s = %s, the dictionary %s", a, said.get(a), info.get(b))
        if said.get("part") != "2" or said.get("conformance") != "A":
            self.fault("no claim of PDF/A-2a")
        if said["CreateDate"].replace("-", "").replace("T", "")[:8] != info["/CreationDate"][4:12]:
            self.fault("dates differ")
        for ref, o in self.objects.items():
            d = o.get("value") if "value" in o else o["stream"]["dict"]
            if not isinstance(d, dict):
                continue
            if d.get("/Type") == "/FontDescriptor" and not {"/FontFile2", "/FontFile3"} & set(d):
                self.fault("font %s is not inside", d.get("/FontName"))
            if d.get("/Type") == "/Font" and d.get("/Subtype") == "/Type0" and "/ToUnicode" not in d:
                self.fault("font %s without ToUnicode", d.get("/BaseFont"))
            if {"/JS", "/URI"} & set(d) or d.get("/S") in ("/Launch", "/JavaScript", "/URI") or d.get("/SMask", "/None") != "/None":
                self.fault("object %s may not be here", ref)

    def number(self, x):
        return float(self.value(x))

    def font(self, ref):
        """(characters by code, printed widths by code, widths of the font's own program) of a font."""
        f = self.value(ref)
        if f["/Subtype"] != "/Type0" or f["/Encoding"] != "/Identity-H":
            self.fault("font %s: %s", f["/BaseFont"], f["/Encoding"])
        said = {int(a, 16): bytes.fromhex(b).decode("utf-16-be")
                for a, b in re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", self.data(f["/ToUnicode"]).decode("latin-1").split("endcodespacerange")[1])}
        d = self.value(self.value(f["/DescendantFonts"])[0])
        program = self.data(self.value(d["/FontDescriptor"])["/FontFile2"])
        tables = {program[12 + 16 * i:16 + 16 * i]: int.from_bytes(program[20 + 16 * i:24 + 16 * i], "big") for i in range(program[5])}
        at = lambda tag, n, size=2: int.from_bytes(program[tables[tag] + n:tables[tag] + n + size], "big")
        em, n_widths, glyphs = at(b"head", 18), at(b"hhea", 34), at(b"maxp", 4)
        own = [at(b"hmtx", 4 * min(g, n_widths - 1)) * 1000 / em for g in range(glyphs)]
        printed, w = {}, self.value(d["/W"])
        for first, some in zip(w[::2], w[1::2]):
            printed.update({first + i: self.number(v) for i, v in enumerate(self.value(some))})
        return f["/BaseFont"], said, printed, own

    def letters(self, page, fonts):
        """Every code that is drawn names a character of its own, in the composed form, and is as wide here as in its font."""
        names = self.value(self.value(self.value(page["object"])["/Resources"])["/Font"])
        used = set()
        for name, text in re.findall(r"/(F\d) |<([0-9A-F]*)> ?Tj", b"".join(self.data(ref) for ref in page["contents"]).decode("latin-1")):
            if name:
                now = names["/" + name]
                if now not in fonts:
                    fonts[now] = self.font(now)
            used |= {(now, int(text[i:i + 4], 16)) for i in range(0, len(text), 4)}
        for ref, code in sorted(used):
            name, said, printed, own = fonts[ref]
            text = said.get(code, "")
            if not text or unicodedata.normalize("NFC", text) != text or unicodedata.category(text[0])[0] == "C":
                self.fault("page %d: %s draws %04X, which says %r", page["pageposfrom1"], name, code, text)
            if code >= len(own) or abs(printed.get(code, -1) - own[code]) > 1:
                self.fault("page %d: %s %04X is %s wide, its font says otherwise", page["pageposfrom1"], name, code, printed.get(code))

    def signature(self, objects):
        """At most one field, for a signature that is not there yet; on the page where the receivers stand."""
        form = self.value(self.root.get("/AcroForm", {"/Fields": []}))
        fields = self.value(form["/Fields"])
        if set(form) - {"/Fields", "/SigFlags"} or len(fields) > 1:
            self.fault("a form of %s with %d fields", sorted(form), len(fields))
        for ref in fields:
            f = self.value(ref)
            box = [self.number(x) for x in self.value(f["/Rect"])]
            page = self.value(self.value(f["/P"])["/MediaBox"])
            inside = 0 < box[0] < box[2] < self.number(page[2]) and 0 < box[1] < box[3] < self.number(page[3])
            if f.get("/FT") != "/Sig" or "/V" in f or not f.get("/TU") or not inside or ref not in objects:
                self.fault("a field that is no empty signature: %s", f)
            look = self.value(f["/AP"])
            if set(look) != {"/N"} or self.value(look["/N"]).get("/Subtype") != "/Form":
                self.fault("a field without an appearance")
        self.fields = len(fields)

    def operators(self, page):
        """Marks of a page in order: (MCID or None); everything that paints must stand in one."""
        text = b"".join(self.data(ref) for ref in page["contents"])
        text = re.sub(rb"<[0-9A-Fa-f]*>|\((?:\\.|[^)\\])*\)", b"", re.sub(rb"<</MCID (\d+)>>", rb" \1 ", text)).decode("latin-1").split()
        open_mark, seen = False, []
        for i, word in enumerate(text):
            if word in ("BDC", "BMC"):
                if open_mark:
                    self.fault("mark in a mark")
                open_mark = True
                if word == "BDC":
                    seen.append((int(text[i - 1]), text[i - 2].lstrip("/")))
            elif word == "EMC":
                open_mark = False
            elif word in PAINTS and not open_mark:
                self.fault("page %d: %s outside of a mark", page["pageposfrom1"], word)
        if open_mark or sorted(m for m, _ in seen) != list(range(len(seen))):
            self.fault("page %d: marks are not 0..n", page["pageposfrom1"])
        return dict(seen)

    def structure(self):
        tree = self.value(self.root["/StructTreeRoot"])
        nums = self.value(tree["/ParentTree"])["/Nums"]
        parent = dict(zip(nums[::2], nums[1::2]))
        marks, objects, fonts = {}, {}, {}
        for page in self.pages:
            d = self.value(page["object"])
            owners = self.value(parent[d["/StructParents"]])
            self.letters(page, fonts)
            words = self.operators(page)
            if len(owners) != len(words):
                self.fault("page %d: %d marks, %d in the parent tree", page["pageposfrom1"], len(words), len(owners))
            for mcid, ref in enumerate(owners):
                marks[page["object"], mcid] = ref
                if mcid in words and "/" + words[mcid] != self.value(ref)["/S"]:
                    self.fault("page %d: mark %d is %s there, %s here", page["pageposfrom1"], mcid, self.value(ref)["/S"], words[mcid])
            for ref in self.value(d.get("/Annots", [])):
                a = self.value(ref)
                if a["/Subtype"] == "/Widget" and a.get("/F") == 4 and "/AA" not in a and "/A" not in a:
                    objects[ref] = parent[a["/StructParent"]]
                elif a["/Subtype"] != "/Link" or a.get("/F") != 4 or "/Contents" not in a or "/StructParent" not in a:
                    self.fault("page %d: a link that is not printed, named or in the structure", page["pageposfrom1"])
                elif self.value(self.value(a["/Dest"])[0]).get("/Type") != "/Page":
                    self.fault("page %d: a link to nowhere", page["pageposfrom1"])
                else:
                    objects[ref] = parent[a["/StructParent"]]
        self.heads, self.tables, self.figures = [], 0, 0
        self.signature(objects)
        self.walk(tree["/K"], None, None, marks, objects, set())
        for key in list(marks) + list(objects):
            self.fault("%s belongs to no element", key)
        if not self.heads or self.heads[0] != 1 or self.heads.count(1) != 1 or any(b > a + 1 for a, b in zip(self.heads, self.heads[1:])):
            self.fault("levels of headings: %s", self.heads)

    def walk(self, ref, above, above_ref, marks, objects, seen):
        e = self.value(ref)
        role = e["/S"][1:]
        if ref in seen or (above_ref and e["/P"] != above_ref):
            self.fault("element %s: twice, or another's child", ref)
        seen.add(ref)
        if role not in ROLES or (role == "Form" and len(e.get("/Alt", "")) < 10):
            self.fault("%s: no role of the standard, or without words", role)
        if above not in PARENTS.get(role, {above}):
            self.fault("%s in %s", role, above)
        if role == "Note" and not e.get("/ID"):
            self.fault("%s without an ID", role)
        if re.fullmatch(r"H\d", role):
            self.heads.append(int(role[1]))
        if role == "Figure" and (len(e.get("/Alt", "")) < 10 or "/BBox" not in self.value(e["/A"])):
            self.fault("a figure without words or place: %s", e.get("/Alt"))
        self.figures += role == "Figure"
        if role == "TH" and "/Scope" not in self.value(e["/A"]):
            self.fault("a head of nothing")
        kids = self.value(e.get("/K", []))
        kids = kids if isinstance(kids, list) else [e["/K"]]
        for k in kids:
            if isinstance(k, int) or (isinstance(k, dict) and "/MCID" in k):
                key = (k["/Pg"], k["/MCID"]) if isinstance(k, dict) else (e["/Pg"], k)
                if marks.pop(key, None) != ref:
                    self.fault("mark %s is not of %s", key, ref)
            elif isinstance(k, dict):
                if objects.pop(k["/Obj"], None) != ref:
                    self.fault("link %s is not of %s", k["/Obj"], ref)
            else:
                self.walk(k, role, ref, marks, objects, seen)
        if role == "Table":
            self.table(e)

    def table(self, e):
        """Same number of columns in every row; heads on top."""
        self.tables += 1
        widths, heads = set(), 0
        for part in self.kids(e):
            for row in self.kids(part) if part["/S"] in ("/THead", "/TBody") else []:
                cells = self.kids(row)
                widths.add(sum(self.value(c.get("/A", {})).get("/ColSpan", 1) for c in cells))
                heads += part["/S"] == "/THead" and all(c["/S"] == "/TH" for c in cells)
        if len(widths) != 1 or heads != 1:
            self.fault("a table of rows %s wide with %d rows of heads", sorted(widths), heads)

    def kids(self, e):
        k = self.value(e.get("/K", []))
        return [self.value(x) for x in (k if isinstance(k, list) else [k]) if isinstance(x, str) or (isinstance(x, dict) and "/S" in x)]


bad = tables = figures = fields = 0
for path in sys.argv[1:]:
    p = Paper(path)
    p.archive()
    p.structure()
    tables += p.tables
    figures += p.figures
    fields += p.fields
    bad += len(p.faults)
    for f in p.faults[:20]:
        print(f)
print("%d files, %d tables, %d figures, %d fields, %d faults" % (len(sys.argv) - 1, tables, figures, fields, bad))
sys.exit(1 if bad else 0)
