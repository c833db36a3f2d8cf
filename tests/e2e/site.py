"""site.py EDITION — every page of an edition: well-formed nesting, unique ids, one h1, headings without a gap, every link and every
#part it names exists, nothing from outside, no script and no style but the one sheet of a briefing (its hash stands in the policy), at most 100 KB for a page of the public site."""
import os
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

root = os.path.realpath(sys.argv[1])
VOID = {"meta", "link", "br", "hr", "img", "input", "col"}
pages, faults = {}, []


class Page(HTMLParser):
    def __init__(self, name):
        super().__init__()
        self.name, self.ids, self.links, self.stack, self.heads, self.lang = name, set(), [], [], [], None
        self.sheets, self.policy = 0, ""

    def fault(self, text):
        faults.append("%s:%d: %s" % (self.name, self.getpos()[0], text))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag not in VOID:
            self.stack.append(tag)
        if tag == "html":
            self.lang = a.get("lang")
        if tag == "style":
            self.sheets += 1
        if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy":
            self.policy = a.get("content", "")
        if tag in ("script", "iframe", "object", "base") or "style" in a or any(k.startswith("on") for k in a):
            self.fault("<%s> may not stand here" % tag)
        if "id" in a:
            if a["id"] in self.ids:
                self.fault("id %s twice" % a["id"])
            self.ids.add(a["id"])
        for k in ("href", "src"):
            if k in a:
                self.links.append((self.getpos()[0], a[k]))
        if tag == "th" and "scope" not in a:
            self.fault("<th> without scope")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.heads.append(int(tag[1]))

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.fault("</%s> closes nothing" % tag)


for folder, _, files in os.walk(root):
    for f in sorted(files):
        if f.endswith(".html"):
            path = os.path.join(folder, f)
            name = os.path.relpath(path, root)
            p = pages[name] = Page(name)
            with open(path, encoding="utf-8") as s:
                p.feed(s.read())
            if p.stack:
                p.fault("open at the end: %s" % p.stack)
            if p.lang != "vi" or p.heads.count(1) != 1 or p.heads[0] != 1 or "noi-dung" not in p.ids:
                p.fault("language, h1 or main part")
            if p.sheets > 1 or (p.sheets == 1) != ("'sha256-" in p.policy):
                p.fault("%d sheets, policy %s" % (p.sheets, p.policy))
            if any(b > a + 1 for a, b in zip(p.heads, p.heads[1:])):
                p.fault("a heading level is skipped")
            if root.split(os.sep)[-3] == "public" and os.path.getsize(path) > 100 * 1024:
                p.fault("%d bytes" % os.path.getsize(path))
n_links = 0
for p in pages.values():
    for line, href in p.links:
        n_links += 1
        u = urlsplit(href)
        if u.scheme or u.netloc or u.path.startswith("/"):
            faults.append("%s:%d: %s leads outside" % (p.name, line, href))
            continue
        target = os.path.normpath(os.path.join(os.path.dirname(p.name), unquote(u.path))) if u.path else p.name
        if not os.path.exists(os.path.join(root, target)) or target.startswith(".."):
            faults.append("%s:%d: %s does not exist" % (p.name, line, href))
        elif u.fragment and u.fragment not in pages[target].ids:
            faults.append("%s:%d: %s has no such part" % (p.name, line, href))
for f in faults[:20]:
    print(f)
print("%d pages, %d links" % (len(pages), n_links))
sys.exit(1 if faults or not pages or not n_links else 0)
