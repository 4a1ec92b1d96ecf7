"""Messages as varied as SMTP allows, made from a seed: the same ones on every run."""
import base64
import random


def kinds():
    """Name and maker of each kind; a maker takes the generator of random numbers and a number."""
    return [plain, eight_bit, latin, long_lines, many_headers, folded_headers, odd_header_forms, bare_line_feeds, empty_body,
            no_separator, nul_bytes, dots, multipart, big_attachment, html, only_headers, trailing_blanks, no_final_line_end,
            encoded_words, resent, control_characters, only_body_dots, header_like_body, from_line, mixed_line_ends]


def odd_messages(count, seed=118):
    """COUNT tuples of (kind, bytes)."""
    chance = random.Random(seed)
    makers = kinds()
    messages = []
    for number in range(count):
        maker = makers[number % len(makers)]
        messages.append((maker.__name__, maker(chance, number)))
    return messages


def sender(number):
    """Every other message is one that Relance takes in."""
    return 'facturation@legoff.example' if number % 2 else 'accueil@legoff.example'


def header(number, subject='Facture', extra=b''):
    return (f'From: Le Goff <{sender(number)}>\r\nTo: r{number}@client.example\r\n'
            f'Subject: {subject} F2026-{number}\r\nMessage-ID: <odd.{number}@legoff.example>\r\n'
            f'Date: Tue, 03 Mar 2026 09:{number % 60:02d}:00 +0100\r\n').encode() + extra


def words(chance, count):
    return ' '.join(chance.choice(('facture', 'règlement', 'échéance', 'merci', 'payer', 'total', '1 188,00 €')) for _ in range(count))


def ascii_words(chance, count):
    return words(chance, count).encode('ascii', 'ignore')


def plain(chance, number):
    return header(number) + b'\r\n' + b'\r\n'.join(ascii_words(chance, 8) for _ in range(chance.randint(1, 40))) + b'\r\n'


def eight_bit(chance, number):
    extra = b'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n'
    return header(number, extra=extra) + b'\r\n' + words(chance, 30).encode() + b'\r\n'


def latin(chance, number):
    return header(number, extra='X-Société: Menuiserie Gâtinais\r\n'.encode('latin-1')) + b'\r\n' + \
        words(chance, 30).encode('latin-1', 'replace') + bytes(range(0x80, 0x100)) + b'\r\n'


def long_lines(chance, number):
    length = chance.choice((990, 998, 999, 1000, 2047, 2048, 2049, 4096, 20000))
    return header(number) + b'\r\n' + b'x' * length + b'\r\n' + b'y' * (length - 1) + b'\r\nend\r\n'


def many_headers(chance, number):
    extra = b''.join(b'X-Number-%d: %s\r\n' % (line, ascii_words(chance, 3)) for line in range(chance.randint(100, 600)))
    return header(number, extra=extra) + b'\r\nbody\r\n'


def folded_headers(chance, number):
    extra = b'References: ' + b'\r\n\t'.join(b'<%d.%d@legoff.example>' % (number, one) for one in range(40)) + b'\r\n'
    extra += b'X-Folded: a\r\n  b\r\n\t\tc\r\n \t \r\n d\r\n'
    return header(number, extra=extra) + b'\r\n' + ascii_words(chance, 9) + b'\r\n'


def odd_header_forms(chance, number):
    extra = (b'X-Empty:\r\nX-Blank: \r\nX-NoSpace:value\r\nX-Spaces:    many\r\nX-Tab:\tvalue\r\nX-Trailing: value  \t\r\n'
             b'x-lower: a\r\nX-UPPER: B\r\nX-Twice: 1\r\nX-Twice: 2\r\nX-Before-Colon : value\r\n')
    return header(number, extra=extra) + b'\r\n' + ascii_words(chance, 9) + b'\r\n'


def bare_line_feeds(chance, number):
    return header(number) + b'\r\nline\nline\n\nline ' + ascii_words(chance, 3) + b'\n\r\nend\r\n'


def mixed_line_ends(chance, number):
    return header(number) + b'\r\na\rb\r\r\nc\n\rd ' + ascii_words(chance, 3) + b'\r\n\r\n\r\r\n'


def empty_body(_, number):
    return header(number) + b'\r\n'


def only_headers(_, number):
    return header(number)


def no_separator(chance, number):
    return header(number) + b'this line is no header\r\n' + ascii_words(chance, 5) + b'\r\n\r\nbody\r\n'


def nul_bytes(chance, number):
    return header(number) + b'\r\nbefore\0after\r\n\0\0\0\r\n' + ascii_words(chance, 4) + b'\0\r\n'


def dots(_, number):
    return header(number) + b'\r\n.\r\n..\r\n...\r\n.leading\r\n..two\r\n' + b'.' * 900 + b'\r\n. \r\nend.\r\n'


def only_body_dots(_, number):
    return header(number) + b'\r\n.\r\n'


def multipart(chance, number):
    boundary = b'=_%d' % number
    part = base64.encodebytes(chance.randbytes(chance.randint(100, 9000))).replace(b'\n', b'\r\n')
    extra = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="' + boundary + b'"\r\n'
    return (header(number, extra=extra) + b'\r\npreamble\r\n--' + boundary + b'\r\nContent-Type: text/plain\r\n\r\ntext\r\n--' +
            boundary + b'\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n' + part + b'--' +
            boundary + b'--\r\nepilogue\r\n')


def big_attachment(chance, number):
    size = chance.choice((65535, 65536, 65537, 300000, 2000000))
    part = base64.encodebytes(chance.randbytes(size)).replace(b'\n', b'\r\n')
    extra = b'MIME-Version: 1.0\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n'
    return header(number, extra=extra) + b'\r\n' + part


def html(chance, number):
    extra = b'MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n'
    return header(number, extra=extra) + b'\r\n<html><body><p>' + words(chance, 50).encode() + b'</p></body></html>\r\n'


def trailing_blanks(chance, number):
    return header(number) + b'\r\ntext   \r\n\t\r\n \r\n\r\n\r\n' + ascii_words(chance, 3) + b' \r\n\r\n\r\n'


def no_final_line_end(chance, number):
    return header(number) + b'\r\n' + ascii_words(chance, 10)


def encoded_words(_, number):
    return header(number, subject='=?utf-8?Q?R=C3=A9glement_de_la_facture?=\r\n =?utf-8?B?w6lww6llcw==?=') + b'\r\nbody\r\n'


def resent(_, number):
    extra = (b'Resent-From: other@legoff.example\r\nResent-To: r@client.example\r\n'
             b'Resent-Date: Tue, 03 Mar 2026 10:00:00 +0100\r\nResent-Message-ID: <resent.%d@legoff.example>\r\n' % number)
    return extra + header(number) + b'\r\nbody\r\n'


def control_characters(_, number):
    return header(number) + b'\r\n' + bytes(one for one in range(1, 32) if one not in (10, 13)) + b'\x7f\x1b[31mred\r\n'


def header_like_body(_, number):
    return header(number) + b'\r\nReceived: from nowhere\r\nSubject: not a header\r\n\r\nMessage-ID: <no>\r\n'


def from_line(_, number):
    return header(number) + b'\r\nFrom the start\r\n>From quoted\r\nFrom facturation@legoff.example Tue Mar  3 2026\r\n'
