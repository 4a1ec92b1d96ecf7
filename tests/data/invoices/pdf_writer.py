"""A small writer of PDF files: text in Helvetica, lines, boxes, and embedded files. Its output is the same on every run."""
import hashlib
import re
import zlib

# Adobe's metrics of Helvetica and Helvetica-Bold, per 1000, from the space (32) to the tilde (126)
REGULAR = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584]
BOLD = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
    611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584]
PLAIN = str.maketrans("àâäáãåçéèêëíìîïñóòôöõúùûüÀÂÄÁÉÈÊËÍÓÔÖÚÛÜÇÑ°º\u2019\u2013·", "aaaaaaceeeeiiiinooooouuuuAAAAEEEEIOOOUUUCNoo'-.")


def width(text, size, bold=False):
    table = BOLD if bold else REGULAR
    total = 0
    for letter in text.translate(PLAIN):
        code = ord(letter)
        total += table[code - 32] if 32 <= code < 127 else 278 if letter == "\xa0" else 556
    return total * size / 1000


class Page:
    """Coordinates are in points from the top left corner of an A4 page."""
    WIDTH, HEIGHT = 595, 842

    def __init__(self):
        self.content = []

    def text(self, x, y, text, size=9, bold=False, align="left", gray=0):
        if align == "right":
            x -= width(text, size, bold)
        elif align == "center":
            x -= width(text, size, bold) / 2
        raw = text.encode("cp1252")
        escaped = b"".join(b"\\" + bytes([one]) if one in b"()\\" else bytes([one]) for one in raw)
        self.content.append(b"BT %.2f g /F%d %g Tf %.2f %.2f Td (%s) Tj ET" % (
            gray, 2 if bold else 1, size, x, self.HEIGHT - y, escaped))

    def line(self, x1, y1, x2, y2, thickness=0.5):
        self.content.append(b"%g w %.2f %.2f m %.2f %.2f l S" % (
            thickness, x1, self.HEIGHT - y1, x2, self.HEIGHT - y2))

    def box(self, x, y, w, h, gray=0.9):
        self.content.append(b"%.2f g %.2f %.2f %.2f %.2f re f" % (gray, x, self.HEIGHT - y - h, w, h))

    def bytes(self):
        return b"\n".join(self.content)


def _stream(head, data, compress):
    if compress:
        data = zlib.compress(data, 9)
        head += b" /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def _literal(text):
    return b"(" + text.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _rc4(key, data):
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
MARK = b">>\nstream\n"
TEXT, ESCAPE = re.compile(rb"\(((?:[^()\\]|\\.)*)\)"), re.compile(rb"\\(.)")


def _lock(objects):
    """Encrypts a PDF that opens without a password, but may not be changed (ISO 32000-1 7.6, revision 3)."""
    def md5(data):
        return hashlib.md5(data).digest()
    owner, rights, name = bytes(range(32)), -3904, bytes(16)
    key = md5(PADDING + owner + rights.to_bytes(4, "little", signed=True) + name)
    for _ in range(50):
        key = md5(key)
    user, last = _rc4(key, md5(PADDING + name)), 20
    for step in range(1, last):
        user = _rc4(bytes(one ^ step for one in key), user)
    for number, body in enumerate(objects, 1):
        own = md5(key + number.to_bytes(3, "little") + bytes(2))
        head, mark, data = body.partition(MARK)
        if mark:
            data = _rc4(own, data[:-len(b"\nendstream")]) + b"\nendstream"
        head = TEXT.sub(lambda text: b"<%s>" % _rc4(own, ESCAPE.sub(rb"\1", text.group(1))).hex().encode(), head)
        objects[number - 1] = head + mark + data
    objects.append(b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P %d /O <%s> /U <%s> >>" % (
        rights, owner.hex().encode(), (user + bytes(16)).hex().encode()))
    return b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), name.hex().encode(), name.hex().encode())


def write(pages, title, attachments=(), where="names", compress=True, locked=False):
    """The bytes of a PDF. ATTACHMENTS are pairs of name and bytes; WHERE says how they hang in the file: "names" (the name
    tree and the catalog's AF, as Factur-X has it), "af" (the catalog's AF alone), "annotation" (a paper clip on page 1).
    LOCKED: encrypted, and opens without a password."""
    objects = []

    def add(body):
        objects.append(body)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    fonts = [add(b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name)
             for name in (b"Helvetica", b"Helvetica-Bold")]
    files = []
    for name, data in attachments:
        embedded = add(_stream(b"/Type /EmbeddedFile /Subtype /text#2Fxml /Params << /Size %d >>" % len(data), data, compress))
        files.append((name, add(b"<< /Type /Filespec /F %s /UF %s /AFRelationship /Alternative /EF << /F %d 0 R /UF %d 0 R >> >>" % (
            _literal(name), _literal(name), embedded, embedded))))
    kids = []
    for number, page in enumerate(pages):
        content = add(_stream(b"", page.bytes(), compress))
        notes = b""
        if where == "annotation" and number == 0:
            clips = [add(b"<< /Type /Annot /Subtype /FileAttachment /Rect [20 20 30 30] /FS %d 0 R /Contents %s >>" % (
                one, _literal(name))) for name, one in files]
            notes = b" /Annots [%s]" % b" ".join(b"%d 0 R" % one for one in clips)
        kids.append(add(b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R%s "
                        b"/Resources << /Font << /F1 %d 0 R /F2 %d 0 R >> >> >>" % (
                            tree, page.WIDTH, page.HEIGHT, content, notes, fonts[0], fonts[1])))
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids), b" ".join(b"%d 0 R" % one for one in kids))
    extra = b""
    if files and where in ("names", "af"):
        extra = b" /AF [%s]" % b" ".join(b"%d 0 R" % one for _, one in files)
    if files and where == "names":
        extra += b" /Names << /EmbeddedFiles << /Names [%s] >> >>" % b" ".join(
            b"%s %d 0 R" % (_literal(name), one) for name, one in sorted(files))
    objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R%s >>" % (tree, extra)
    info = add(b"<< /Title %s /Producer (Relance test data) >>" % _literal(title))
    trailer = _lock(objects) if locked else b""
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, catalog, info, trailer, start)
    return bytes(out)
