"""What must come out of the story: what is in the books after each scene, and what reached the customers."""
import shlex

from .message import attachment_names, body_text
from .postfix import milter_entry, Postfix
from .relance import Relance
from .sendmail import Sendmail
from .sink import Sink
from .story import BAKERY, END, FIRST_REMINDER, HOTEL, INVOICES, MAILBOX, NOBODY, SECOND_REMINDER, STUDIO, Story, TOWN
from .workplace import check, equal

__all__ = ['play', 'stage']


def stage(work, server, refused=(), settings=None):
    """A sink, a Relance that sends, and a mail server of class SERVER with its milter, all running."""
    sink = Sink(work / 'sink', refused=refused).start()
    relance = Relance(work, settings={'sending': 'on', **(settings or {})})
    entry = milter_entry(relance.socket) if server is Postfix else relance.socket
    mta = server(work, sink, milters=[entry])
    if server is Sendmail:
        mta.bounces_into = shlex.join(relance.command_line('import', '-q', 'mail', '-'))
    relance.mail_server = mta
    relance.init()
    relance.start()
    mta.start()
    return sink, relance, mta


def rows(relance, *report):
    return relance.json(*report)


def by_invoice(relance, *report):
    return {row['invoice']: row for row in rows(relance, *report)}


def invoices_are_open(relance):
    """Four receivables, each as its document says."""
    listed = by_invoice(relance, 'list')
    equal(sorted(listed), [number for number, *_ in INVOICES], 'open invoices')
    expected = {'F2026-118': ('Hôtel Beaurivage', '2026-03-01', '1188.00'), 'F2026-119': ('Mairie de Port-Blanc', '2026-03-05', '2640.00'),
                'F2026-120': ('Atelier Nord', '2026-03-08', '456.30'), 'F2026-121': ('Boulangerie Tanguy', '2026-03-08', '768.00')}
    for number, (customer, due, total) in expected.items():
        row = listed[number]
        equal((row['customer'], row['due_date'], row['total'], row['open']), (customer, due, total, total), number)


def bounce_is_known(relance):
    bad = [row['address'] for row in rows(relance, 'bounces')]
    equal(bad, [BAKERY], 'addresses that mail does not reach')
    equal(by_invoice(relance, 'list')['F2026-121']['delivery'], 'failed', 'delivery of F2026-121')


def promise_is_known(relance):
    promises = [(row['invoice'], row['promised_on']) for row in rows(relance, 'promises')]
    equal(promises, [('F2026-119', '2026-03-31')], 'promises')


def dispute_is_known(relance):
    disputes = [(row['invoice'], row['reason']) for row in rows(relance, 'disputes')]
    equal(disputes, [('F2026-120', 'quality')], 'disputes')


def is_reminder_of_the_first(mail, parsed, invoice):
    """In the invoice's thread, from a person, to the customer, with the invoice as it was sent."""
    equal(mail['sender']['address'], MAILBOX, 'envelope sender')
    equal([one['address'] for one in mail['recipients']], [HOTEL], 'recipients')
    check(invoice.id in (parsed['References'] or '').split(), f'References: {parsed["References"]}')
    check(parsed['In-Reply-To'], 'In-Reply-To')
    equal(str(parsed['From']), 'Anne Le Goff <facturation@legoff.example>', 'From')
    check('F2026-118' in parsed['Subject'], f'Subject: {parsed["Subject"]}')
    text = body_text(parsed)
    check('F2026-118' in text and '1 188,00' in text.replace('\u202f', ' ').replace('\xa0', ' '), f'text: {text}')
    check('F2026-118.pdf' in attachment_names(parsed), f'attachments: {attachment_names(parsed)}')
    attached = next(part for part in parsed.iter_attachments() if part.get_filename() == 'F2026-118.pdf').get_content()
    original = next(part for part in invoice.parsed.iter_attachments()).get_content()
    check(attached == original, 'the attached invoice is the one that was sent')


def delivery_notices_were_asked_for(mail):
    parameters = ' '.join(mail['recipients'][0]['parameters']).upper()
    check('NOTIFY=' in parameters and 'SUCCESS' in parameters and 'FAILURE' in parameters, f'RCPT parameters: {parameters}')


def books_are_sound(relance):
    relance.run('check')
    relance.run('rebuild')


def play(work, server):
    sink, relance, mta = stage(work, server, refused=[NOBODY])
    story = Story(mta, relance, sink)
    invoices = {number: story.send_invoice(number) for number, *_ in INVOICES}
    story.settle()
    invoices_are_open(relance)
    bounce_is_known(relance)
    story.answer('acknowledgement')
    story.answer('promise')
    story.settle()
    promise_is_known(relance)

    story.days_pass(FIRST_REMINDER)
    first = story.reminders()
    equal(len(first), 1, f'reminders by {FIRST_REMINDER:%d %B}')
    is_reminder_of_the_first(*first[0], invoices['F2026-118'])
    delivery_notices_were_asked_for(first[0][0])
    equal(first[0][1]['In-Reply-To'], invoices['F2026-118'].id, 'In-Reply-To of the first reminder')

    story.answer('dispute')
    story.answer('out-of-office', reminder=first[0][1]['Message-ID'], date='Mon, 09 Mar 2026 17:00:00 +0100')
    story.settle()
    dispute_is_known(relance)

    story.days_pass(SECOND_REMINDER)
    story.days_pass(END)
    reminders = story.reminders()
    equal([one['address'] for mail, _ in reminders for one in mail['recipients']], [HOTEL, HOTEL], 'who got reminders')
    is_reminder_of_the_first(*reminders[1], invoices['F2026-118'])
    check(reminders[1][1]['Message-ID'] != first[0][1]['Message-ID'], 'the second reminder has its own Message-ID')

    listed = by_invoice(relance, 'list')
    equal(listed['F2026-118']['last_step'], 'second-reminder', 'last step of F2026-118')
    for number in ('F2026-119', 'F2026-120', 'F2026-121'):
        check(listed[number]['guard'], f'{number} is held by a guard: {listed[number]}')
        equal(listed[number]['last_step'], None, f'last step of {number}')
    equal(relance.spooled('failed'), [], 'messages that could not be read')
    books_are_sound(relance)
    relance.stop()
    check(not relance.logged(r'\bdied: program='), 'no program died')
