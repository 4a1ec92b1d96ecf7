"""Reads sheets.txt, and draws its sheets as PDF, as HTML and as plain text."""
import html
import os
import re

from pdf_writer import Page, write

DIRECTIVE = re.compile(r"\.(cols|s|y|g|p)\b")
LARGE = (("!!", 20), ("!", 15), ("*", None))


class Sheet:
    def __init__(self, name):
        self.name, self.truth, self.rows = name, {}, []


def read_sheets():
    result = []
    with open(os.path.join(os.path.dirname(__file__), "sheets.txt"), encoding="utf-8") as file:
        for line in file.read().split("\n"):
            if line.startswith("### "):
                result.append(Sheet(line[4:].strip()))
            elif line.startswith("? "):
                result[-1].truth = dict(part.strip().split("=", 1) for part in line[2:].split(";"))
            elif result:
                result[-1].rows.append(line)
    return result


def stops(words):
    marks = {">": "right", "^": "center"}
    return [(marks.get(word[0], "left"), float(word.lstrip(">^"))) for word in words]


def cells(sheet):
    """Page, x, y, text, size, bold and alignment of each cell."""
    columns, size, y, page = stops(["50", "300", "400", "545"]), 9, 50, 0
    for row in sheet.rows:
        if DIRECTIVE.match(row):
            word, *values = row[1:].split()
            if word == "cols":
                columns = stops(values)
            elif word == "s":
                size = float(values[0])
            elif word == "p":
                page, y = page + 1, 50
            else:
                y = float(values[0]) + (y if word == "g" else 0)
            continue
        highest = size
        for (align, x), text in zip(columns, row.split("|")):
            mark, own = next(((mark, own) for mark, own in LARGE if text.startswith(mark)), ("", None))
            own = own or size
            highest = max(highest, own)
            text = text[len(mark):].strip()
            if text:
                yield page, x, y, text, own, mark != "", align
        y += highest * 1.55


def as_pdf(sheet):
    pages = []
    for number, x, y, text, size, bold, align in cells(sheet):
        while len(pages) <= number:
            pages.append(Page())
        pages[number].text(x, y, text.replace("~", "\xa0"), size, bold, align)
    return write(pages, sheet.name)


def as_html(sheet):
    rows = [row for row in sheet.rows if row and not DIRECTIVE.match(row)]
    table = "".join("<tr>%s</tr>" % "".join(
        "<td>%s</td>" % html.escape(cell.strip("!* ").replace("~", "\u202f")) for cell in row.split("|")) for row in rows)
    return ("<html><body><table>%s</table></body></html>" % table).encode()


def as_text(sheet):
    lines = {}
    for page, x, y, text, _, _, align in cells(sheet):
        at = int((x - 50) / 7) - (len(text) if align == "right" else 0)
        before = lines.get((page, y), "")
        lines[page, y] = before.ljust(max(at, len(before) + 3 if before else 0)) + text.replace("~", "\u202f")
    return ("\n".join(lines[key] for key in sorted(lines)) + "\n").encode()


FORMS = {"pdf": as_pdf, "html": as_html, "txt": as_text}
