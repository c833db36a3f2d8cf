"""workbook.py BOOK DATA_DIR — a statisticians' workbook read by another program: every number of a wide sheet is exactly the
CSV's figure (no digit lost), shown at the published decimals, and the book has the form of OPENDATA.md section 1. Prints one line a fault; the last line counts the numbers."""
import csv
import os
import sys
import openpyxl

book, data = sys.argv[1:3]
faults = []
wb = openpyxl.load_workbook(book)
names = wb.sheetnames


def fault(text):
    faults.append(text)


if len({n.casefold() for n in names}) != len(names) or any(len(n) > 31 for n in names):
    fault("sheet names: %r" % names)
if names[0] != "Giới thiệu" or "Danh mục chỉ số" not in names or names[-1] != "Trạng thái số liệu":
    fault("sheets: %r" % names)
if not wb.properties.title or not wb.properties.creator:
    fault("document properties are missing")
for ws in wb:
    if ws.sheet_state != "visible" or any(d.hidden for d in ws.row_dimensions.values()) or any(d.hidden for d in ws.column_dimensions.values()):
        fault("%s: something is hidden" % ws.title)
    if ws.merged_cells.ranges:
        fault("%s: merged cells" % ws.title)
    if ws.sheet_view.selection[0].activeCell not in (None, "A1") and not ws.freeze_panes:
        fault("%s: the cursor is not in A1" % ws.title)
    if int(ws.page_setup.paperSize or 0) != 9 or not ws.sheet_properties.pageSetUpPr.fitToPage:
        fault("%s: print set-up" % ws.title)
    for row in ws.iter_rows():
        for c in row:
            if c.data_type == "f":
                fault("%s!%s: a formula" % (ws.title, c.coordinate))
            if c.hyperlink and c.hyperlink.location and c.hyperlink.location.split("!")[0].strip("'").replace("''", "'") not in names:
                fault("%s!%s: link to %s" % (ws.title, c.coordinate, c.hyperlink.location))

codebook = {r[0].value: r[5].value for r in wb["Danh mục chỉ số"].iter_rows(min_row=2)}
numbers = 0
for code, decimals in codebook.items():
    with open(os.path.join(data, code + ".csv"), encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    periods = sorted({r["period"] for r in rows})
    ws = wb[code[:31]]
    head = [c.value for c in ws[1]]
    want = {}
    for r in rows:
        if r["value"]:
            want[r["region"], r["period"]] = float(r["value"])
    pattern = "#,##0" + ("." + "0" * int(decimals) if int(decimals) else "")
    got = {}
    if head[0] == "Mã địa bàn":  # regions down, periods across in the order of time
        if len(head) - 2 != len(periods):
            fault("%s: %d periods, the CSV has %d" % (code, len(head) - 2, len(periods)))
            continue
        for row in ws.iter_rows(min_row=2):
            for period, c in zip(periods, row[2:]):
                if c.value is not None:
                    got[row[0].value, period] = c
    else:  # periods down
        for row in ws.iter_rows(min_row=2):
            for h, c in zip(head[1:], row[1:]):
                if c.value is not None:
                    got[h.split(" ")[0], row[0].value] = c
    if set(got) != set(want):
        fault("%s: %d numbers, the CSV has %d" % (code, len(got), len(want)))
    for key, c in got.items():
        numbers += 1
        if key in want and (not isinstance(c.value, (int, float)) or float(c.value) != want[key]):
            fault("%s %s: %r, the CSV has %r" % (code, key, c.value, want[key]))
        if c.number_format != pattern:
            fault("%s %s: format %s, not %s" % (code, key, c.number_format, pattern))
for f in faults[:20]:
    print(f)
print("%d numbers in %d sheets" % (numbers, len(codebook)))
sys.exit(1 if faults or not numbers else 0)
