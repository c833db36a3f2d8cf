"""same.py PDF HTML [PDF HTML ...] — is the page the same document as the paper? Every heading, paragraph, list item, cell, key figure,
note, title and source of a picture of the page stands in the PDF (its structure, as pdfinfo reads it to the blind), in the same order, and
the other way round: nothing of either is left over. One line a difference, exit 1.

Only these differences are allowed (DIFFERENCES names what each rule is for):"""
import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser

DIFFERENCES = {
    "frame": "page numbers, running marks and foot of a page (not in the structure of the PDF); site head and foot of the page",
    "navigation": "links to parts, neighbours, files; the paper's table of contents has page numbers instead",
    "marks": "a paper without letterhead has its marks in the frame",
    "case": "headings are capitals on paper; the page leaves that to its style sheet",
    "labels": "bullets and numbers of a list are drawn by the browser",
    "notes": "a footnote is at the foot of its page on paper, in a list with a heading at the end of the page",
    "data": "a chart's figures as a table: folded on the page, not on paper",
    "drawing": "words inside a picture other than title and source",
    "state-beside": "the state of a marked figure: a shape with a name for the blind on paper, shape and word on the page",
    "rows": "rows that a short paper leaves out, as many as it says",
}
VOID = {"meta", "link", "br", "img", "hr", "input"}
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "th", "td", "caption", "dt", "dd", "figcaption"}
KEY = re.compile("\\(\\w+\\):")  # what a mark means that stands in rows left out alone
LEFT_OUT = re.compile("còn(\\d+)(.*\\.)$")


def plain(s):
    """Letters alone: no blanks, shapes, case; both sides break lines in their own places."""
    s = unicodedata.normalize("NFC", s).casefold()
    return "".join(c for c in s if not c.isspace() and c not in "●◊▲■►○□\u200b\u2060")


class Page(HTMLParser):
    """blocks: [kind, text, row] in order; row: (its number, is it a head) of a cell; a picture is ["figure", title, source]."""

    def __init__(self):
        super().__init__()
        self.stack, self.blocks, self.row, self.rows, self.figure, self.letter = [], [], None, 0, None, False

    def dropped(self):
        for tag, a in self.stack:
            c = a.get("class", "").split()
            if tag in ("head", "svg", "nav", "footer", "summary") or (tag == "header") or (tag == "details" and "data" in c):
                return True
            if {"skip", "downloads", "back", "to-toc", "beside", "spark", "narrow"} & set(c):
                return True
            if a.get("id") == "fn.head":
                return True
            if tag == "ul" and "marks" in c and not self.letter:
                return True
        return False

    def handle_starttag(self, tag, attrs):
        a = {k: v or "" for k, v in attrs}
        if tag in VOID:
            return
        self.stack.append((tag, a))
        if "letterhead" in a.get("class", ""):
            self.letter = True
        if self.dropped():
            return
        if tag == "figure":
            self.figure = ["figure", "", ""]
            self.blocks.append(self.figure)
        if tag == "tr":
            self.rows += 1
            self.row = (self.rows, a.get("class", "") == "head" or any(t == "thead" for t, _ in self.stack))
        if tag == "dd" and self.blocks and self.blocks[-1][0] == "dd":
            return  # figure, change and state of a key figure are one part
        if tag in BLOCKS and not self.figure:
            self.blocks.append([tag, "", self.row if tag in ("th", "td") else None])

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass
        if tag == "figure":
            self.figure = None

    def handle_data(self, data):
        if self.dropped() or not self.stack:
            return
        if self.figure:
            self.figure[1 if any(t == "figcaption" for t, _ in self.stack) else 2] += data
        elif self.blocks and any(t in BLOCKS for t, _ in self.stack):
            self.blocks[-1][1] += data
        elif data.strip() and any(t == "main" for t, _ in self.stack):
            self.blocks.append(["?", data, None])


def page(path):
    p = Page()
    with open(path, encoding="utf-8") as f:
        p.feed(f.read())
    out = []
    for b in p.blocks:
        if b[0] == "figure":
            out.append(("figure", plain(b[1]), plain(b[2])))
        elif plain(b[1]):
            out.append((b[0], plain(b[1]), b[2]))
    return out


def paper(path):
    """Texts of the structure in order: ("text", words) and ("figure", words); figures without words are lines in a table's cell."""
    said = subprocess.run(["pdfinfo", "-struct-text", path], check=True, capture_output=True, text=True).stdout
    out, notes, roles, skip = [], [], [], None
    for line in said.split("\n"):
        depth, body = len(line) - len(line.lstrip(" ")), line.strip()
        if not body or (skip is not None and depth > skip):
            continue
        skip = None
        if body.startswith('"'):
            text = plain(body.strip('"'))
            inside = [r for _, r in roles]
            if text and "Note" in inside:
                if inside[-1] != "Lbl":
                    notes.append(("text", text))
            elif text:
                out.append(("figure" if roles and roles[-1][1] == "Figure" else "text", text))
        elif not body.startswith("/"):
            while roles and roles[-1][0] >= depth:
                roles.pop()
            roles.append((depth, re.match(r"\w*", body).group(0)))
            if roles[-1][1] == "TOC":
                skip = depth
    return out + notes


class Reader:
    """Goes along the paper with the parts of the page."""

    def __init__(self, texts):
        self.a, self.i, self.found, self.gone, self.missed = texts, 0, [], set(), []

    def show(self):
        return " | ".join(t[1] for t in self.a[self.i:self.i + 3])[:90] if self.i < len(self.a) else "(end)"

    def after(self, text, i):
        """Where the paper goes on after a text that begins at i; it may stand in several pieces, but ends where a piece ends. Or None."""
        while text:
            if i >= len(self.a) or self.a[i][0] != "text" or not text.startswith(self.a[i][1]):
                return None
            text, i = text[len(self.a[i][1]):], i + 1
        return i

    def paper_only(self, kind, more=None):
        """What paper has before this part: a short table of contents, the bullet of a list, the count of rows left out."""
        if self.i >= len(self.a) or self.a[self.i][0] != "text":
            return
        text = self.a[self.i][1]
        if text.startswith("mụclục:"):
            while self.i < len(self.a) and not self.a[self.i][1].endswith(")."):
                self.i += 1
            self.i += 1
        if kind == "li" and re.fullmatch(r"-|\d+\.", text):
            self.i += 1
        said = LEFT_OUT.match(text)
        if said and self.gone and int(said.group(1)) == len(self.gone) and not (more and more[0] in self.gone):
            self.gone, self.missed = set(), []
            self.i += 1

    def counted(self, text):
        """A sentence that counts what is left out counts more on paper: as many more as the paper has fewer rows."""
        paper, page = LEFT_OUT.match(self.a[self.i][1]) if self.i < len(self.a) else None, LEFT_OUT.match(text)
        if not (self.gone and paper and page and paper.group(2) == page.group(2)
                and int(paper.group(1)) == int(page.group(1)) + len(self.gone)):
            return False
        self.gone, self.missed, self.i = set(), [], self.i + 1
        return True

    def part(self, kind, text, more):
        self.paper_only(kind, more if kind != "figure" else None)
        if kind == "figure":
            at = self.a[self.i] if self.i < len(self.a) else ("", "")
            if at[0] == "figure" and text in at[1] and more in at[1]:
                self.i += 1
            else:
                self.found.append("picture of the page: %s | paper: %s" % (text[:60], self.show()))
            return
        at = self.after(text, self.i)
        if at is not None:
            self.i = at
        elif not more and (self.counted(text) or self.gone and KEY.match(text)):
            return
        elif more:  # a cell: perhaps of a row that paper leaves out
            if not more[1]:
                self.gone.add(more[0])
            self.missed.append(text)
        else:
            self.found.append("page: %s: %s | paper: %s" % (kind, text[:70], self.show()))
            self.again(text)

    def again(self, text):
        """After a difference both go on where the same text stands next."""
        for k in range(self.i, min(self.i + 60, len(self.a))):
            at = self.after(text, k)
            if at is not None:
                self.found.append("paper alone: %s" % " | ".join(t[1] for t in self.a[self.i:k])[:100])
                self.i = at
                return


def differences(pdf, html):
    r = Reader(paper(pdf))
    for kind, text, more in page(html):
        r.part(kind, text, more)
    r.paper_only("end")
    r.found += ["page: cell: %s" % t[:70] for t in r.missed[:4]]
    if r.i < len(r.a):
        r.found.append("paper alone at the end: %s" % r.show())
    return r.found


def main():
    if len(sys.argv) < 3 or len(sys.argv) % 2 == 0:
        print(__doc__)
        print("\n".join("  %-13s %s" % d for d in DIFFERENCES.items()))
        return 64
    bad = n = 0
    for pdf, html in zip(sys.argv[1::2], sys.argv[2::2]):
        found = differences(pdf, html)
        n += len(page(html))
        bad += len(found)
        for f in found[:12]:
            print("%s: %s" % (html, f))
    print("%d documents, %d parts, %d differences" % (len(sys.argv) // 2, n, bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
