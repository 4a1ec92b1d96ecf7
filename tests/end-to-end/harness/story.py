"""
The story of four invoices of Menuiserie Le Goff, early in 2026, on real mail: what happens, in the order in which it
happens. The test asserts what Relance makes of it, the demonstration (contrib/demo/demo) tells it. The mails are the files
in contrib/demo.
"""
import datetime
import email.utils

from . import message
from .message import Message
from .mta import Outside
from .wait import until
from .workplace import source_dir

ZONE = datetime.timezone(datetime.timedelta(hours=1))
US = 'Anne Le Goff <facturation@legoff.example>'
MAILBOX = 'facturation@legoff.example'
HOTEL, TOWN, STUDIO, BAKERY = ('compta@hotel-beaurivage.example', 'compta@port-blanc.example', 'contact@atelier-nord.example',
                               'compta@tanguy.example')
# The customers' server knows no such user. It says so at once (then our own mail server makes the bounce; Sendmail shows
# its own bounces to no milter) or, where it does not refuse the address, by a bounce of its own.
NOBODY = BAKERY


def instant(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


# number, file, customer's address, when, how it is sent
INVOICES = [
    ('F2026-118', 'F2026-118.pdf', HOTEL, instant('2026-01-30T10:00'), 'smtp'),
    ('F2026-119', 'F2026-119.xml', TOWN, instant('2026-02-03T11:00'), 'sendmail'),
    ('F2026-120', 'F2026-120.pdf', STUDIO, instant('2026-02-06T15:00'), 'smtp'),
    ('F2026-121', 'F2026-121.pdf', BAKERY, instant('2026-02-06T15:30'), 'sendmail'),
]
FIRST_REMINDER = instant('2026-03-09T09:30')   # 118 was due on Sunday, 1 March; 7 days later is a Sunday, too
SECOND_REMINDER = instant('2026-03-23T09:30')  # 14 days after the first, and she is back
END = instant('2026-03-27T10:00')


def verified(data, host, domain):
    """The mail as it is behind the milters that come before ours (OpenDKIM, OpenDMARC): they found the author genuine."""
    return (f'Authentication-Results: {host}; dkim=pass header.d={domain};\r\n\tdmarc=pass header.from={domain}\r\n'.encode() +
            data)


class Story:
    """MTA, RELANCE and SINK are running. Each method is a scene; the clock of the installation is moved by it."""

    def __init__(self, mta, relance, sink):
        self.mta, self.relance, self.sink = mta, relance, sink
        self.folder = source_dir() / 'contrib/demo'

    # -- what leaves

    def invoice_mail(self, number):
        _, file, customer, when, _ = next(one for one in INVOICES if one[0] == number)
        text = (self.folder / 'mails' / f'{number}.txt').read_text(encoding='utf-8')
        return Message(US, customer, f'Facture {number}', text, date=when, message_id=f'<{number}@legoff.example>',
                       attachments=[self.folder / 'invoices' / file])

    def send_invoice(self, number):
        """By the way that the table says: SMTP from an accounting program, or sendmail(1) from an ERP."""
        _, _, customer, when, way = next(one for one in INVOICES if one[0] == number)
        self.on(when)
        mail = self.invoice_mail(number)
        before = self.relance.spooled_times(mail.id)
        (self.mta.send_smtp if way == 'smtp' else self.mta.send_sendmail)(mail)
        self.relance.wait_spooled(mail.id, before)
        if customer not in self.sink.refused:
            until(lambda: self.sink.mails(customer), 60, f'{number} reaches {customer}')
        self.relance.wait_read()
        return mail

    # -- what comes in

    def answer(self, name, **replaced):
        """An answer from contrib/demo/answers passes the mail server from outside."""
        path = next((self.folder / 'answers').glob(f'*-{name}.eml'))
        data = path.read_bytes().replace(b'\n', b'\r\n')
        for word, value in replaced.items():
            data = data.replace(f'@{word.upper()}@'.encode(), value.encode())
        mail = message.parse(data)
        if mail['Date']:
            self.on(email.utils.parsedate_to_datetime(mail['Date']))
        sender = email.utils.parseaddr(mail['From'])[1]
        before = self.relance.spooled_times(mail['Message-ID'])
        Outside(self.mta).send(verified(data, self.mta.host, sender.rpartition('@')[2]), sender, [MAILBOX])
        self.relance.wait_spooled(mail['Message-ID'], before)
        self.relance.wait_read()
        return mail

    # -- time

    def on(self, when):
        """It is WHEN now."""
        self.relance.set_clock(when)

    def days_pass(self, until_when):
        """Day by day at half past nine, so that each day's work is done on its day."""
        day = self.now().replace(hour=9, minute=30, second=0, microsecond=0)
        while day < until_when:
            day += datetime.timedelta(days=1)
            self.on(min(day, until_when))
            self.settle()
        self.on(until_when)

    def now(self):
        return datetime.datetime.fromtimestamp(self.relance.clock(), ZONE)

    def settle(self):
        """Until the clerk has worked at the present time of the clock and nothing is under way."""
        self.relance.wait_tick()
        self.mta.wait_idle()
        self.relance.wait_read()

    # -- what was sent

    def reminders(self, customer=None):
        """What reached the customers and is not one of the invoices above: (envelope and data, parsed mail)."""
        ours = {f'<{number}@legoff.example>' for number, *_ in INVOICES}
        found = []
        for mail in self.sink.mails(customer):
            parsed = message.parse(mail['data'])
            if mail['sender']['address'] == MAILBOX and parsed['Message-ID'] not in ours:
                found.append((mail, parsed))
        return found
