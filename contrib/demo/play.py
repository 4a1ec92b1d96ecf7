"""Tells the story of tests/end-to-end/harness/story.py on a terminal, and leaves it running to explore."""
import os
import pathlib
import shutil
import signal
import sys
import textwrap

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tests/end-to-end'))
# pylint: disable=wrong-import-position
from harness import Failure, Postfix, Relance, Skip, Workplace, free_port, until
from harness.postfix import milter_entry
from harness.sink import SinkProcess
from harness.story import END, FIRST_REMINDER, HOTEL, INVOICES, NOBODY, SECOND_REMINDER, Story
from harness.wait import alive, listens
from harness.workplace import cache

FOLDER = pathlib.Path(os.environ.get('RELANCE_DEMO', cache() / 'demo'))
COMMAND = FOLDER / 'relance.sh'
PIDS = FOLDER / 'pids'
BOLD, PLAIN = ('\033[1m', '\033[0m') if sys.stdout.isatty() and 'NO_COLOR' not in os.environ else ('', '')


def say(text):
    print(textwrap.fill(' '.join(text.split()), 100), flush=True)


class Teller:
    """Headings with the day of the story, and what Relance has to say after each scene."""

    def __init__(self, relance):
        self.relance = relance
        self.scene = 0

    def title(self, when, text):
        self.scene += 1
        print(f'\n{BOLD}{self.scene}. {when:%A %d %B %Y}: {text}{PLAIN}', flush=True)

    def ask(self, *arguments):
        """Runs relance and shows the command with its answer."""
        print(f'\n  $ relance {" ".join(arguments)}')
        output = self.relance.run(*arguments, allowed=(0, 1))
        print(textwrap.indent(output.rstrip('\n'), '  '), flush=True)


def pids_of(folder):
    """Processes of the demonstration that are still running."""
    try:
        pids = [int(line) for line in PIDS.read_text().split()]
    except FileNotFoundError:
        return []
    return [pid for pid in pids if alive(pid) and str(folder) in command_line(pid)]


def command_line(pid):
    try:
        return pathlib.Path(f'/proc/{pid}/cmdline').read_bytes().replace(b'\0', b' ').decode(errors='replace')
    except OSError:
        return ''


def stop():
    for pid in reversed(pids_of(FOLDER)):
        os.kill(pid, signal.SIGTERM)
    until(lambda: not pids_of(FOLDER), 40, 'the demonstration ends')
    if PIDS.exists():
        shutil.rmtree(FOLDER)


def start():
    """Customers' server, Relance, Postfix: three processes of their own, known by their pids in the folder."""
    work = Workplace('demo', FOLDER)
    sink = SinkProcess(work / 'customers', free_port(), refused=[NOBODY]).start()
    until(lambda: listens(sink.port), 20, "the customers' server listens")
    relance = Relance(work, settings={'sending': 'on', 'lexicon_extra_dir': f'"{FOLDER}/relance/lexicon.d"'})
    mta = Postfix(work, sink, milters=[milter_entry(relance.socket)])
    relance.mail_server = mta
    relance.init()
    relance.start()
    mta.start()
    PIDS.write_text(f'{sink.process.pid}\n{mta.master.pid}\n{relance.process.pid}\n')
    COMMAND.write_text(f'#!/bin/sh\nRELANCE_LIBEXECDIR={relance.build}\nexport RELANCE_LIBEXECDIR\n'
                       f'exec {relance.build}/relance -c {relance.configuration} "$@"\n')
    COMMAND.chmod(0o755)
    return sink, relance, mta


def tell_invoices(story, teller):
    how = {'smtp': 'by SMTP, as accounting programs do', 'sendmail': 'by sendmail(1), as ERPs do'}
    what = {'F2026-118': 'A Factur-X PDF', 'F2026-119': 'An XML invoice (UBL)', 'F2026-120': 'A plain PDF', 'F2026-121': 'A plain PDF'}
    for number, _, customer, when, way in INVOICES:
        teller.title(when, f'invoice {number} leaves')
        say(f'{what[number]}, to {customer}, {how[way]}.')
        story.send_invoice(number)
    story.settle()
    say("""Relance saw them pass in the milter, read the documents and opened a receivable for each. The last one came back:
        the customer's server knows no such user, and our Postfix sent a bounce, which Relance saw, too.""")
    teller.ask('list')
    teller.ask('bounces')


def tell_answers(story, teller):
    mail = story.answer('acknowledgement')
    teller.title(story.now(), f'{mail["From"].addresses[0].display_name} answers: well received')
    teller.ask('timeline', 'F2026-118')
    mail = story.answer('promise')
    teller.title(story.now(), f'{mail["From"].addresses[0].display_name} promises to pay on 31 March')
    story.settle()
    teller.ask('why', 'F2026-119')


def tell_first_reminder(story, teller):
    story.days_pass(FIRST_REMINDER)
    teller.title(story.now(), 'a first reminder leaves')
    say("""Eight days after the due date, in business hours: the seventh was a Sunday. It goes to the hotel only; the town hall
        has promised, the bakery's address is dead, and the studio's invoice is not late enough.""")
    reminder = story.reminders(HOTEL)[0]
    print()
    show_mail(reminder[1])
    return reminder[1]


def show_mail(mail):
    for name in ('From', 'To', 'Subject', 'Date', 'In-Reply-To', 'References'):
        print(f'  | {name}: {mail[name]}')
    print('  |')
    for line in mail.get_body(('plain',)).get_content().splitlines():
        print(f'  | {line}')
    for part in mail.iter_attachments():
        print(f'  | [attached: {part.get_filename()}]')


def tell_trouble(story, teller, reminder):
    mail = story.answer('dispute')
    teller.title(story.now(), f'{mail["From"].addresses[0].display_name} disputes its invoice')
    story.settle()
    teller.ask('why', 'F2026-120')
    story.answer('out-of-office', reminder=reminder['Message-ID'], date='Mon, 09 Mar 2026 17:00:00 +0100')
    teller.title(story.now(), 'the hotel is out of the office')
    say('An automatic answer to our reminder: back on 23 March. Nobody is chased while nobody is there.')
    story.settle()
    teller.ask('why', 'F2026-118')


def tell_second_reminder(story, teller):
    story.days_pass(SECOND_REMINDER)
    story.days_pass(END)
    teller.title(story.now(), 'a second reminder has left')
    reminders = story.reminders()
    say(f'{len(reminders)} reminders so far, to {", ".join(sorted({mail["recipients"][0]["address"] for mail, _ in reminders}))}.')
    print()
    show_mail(reminders[-1][1])


def tell_the_end(teller):
    print(f'\n{BOLD}Where everything stands{PLAIN}')
    teller.ask('status')
    teller.ask('list')
    teller.ask('timeline', 'F2026-118')
    teller.ask('forecast')


EXPLORE = [
    ('show F2026-120', 'all that is known of an invoice'),
    ('why F2026-119', 'which guard holds, or what comes next and when'),
    ('task', 'what a person should do'),
    ('read contrib/demo/answers/3-dispute.eml', 'what is understood of a mail'),
    ('pay F2026-118 1188.00', 'the money came'),
    ('clock 2026-04-07T09:30:00+02:00', 'the promised day has passed ...'),
    ('timeline F2026-119', '... and, a few seconds later, what Relance made of it'),
    ('forecast', 'what is planned for the next 30 days'),
    ('preview F2026-119', 'the next mail, as it would go out'),
    ('help', 'everything else'),
]


def tell_how_to_explore(mta):
    print(f'\n{BOLD}It goes on running.{PLAIN} Explore it:\n\n  cd {os.environ["top_srcdir"]}')
    for arguments, what in EXPLORE:
        print(f'  {COMMAND} {arguments:40} {what}')
    print()
    for place, what in ((f'smtp://127.0.0.1:{mta.port}', 'the private Postfix takes mail here'),
                        (FOLDER / 'customers', 'the mails that reached the customers'),
                        (FOLDER / 'relance/relance.conf', 'the configuration'),
                        (FOLDER / 'relance/log', 'what the daemon says')):
        print(f'  {str(place):60} {what}')
    print(f'\nsh contrib/setup demo stop    ends it and removes {FOLDER}')


def play():
    if pids_of(FOLDER):
        raise Failure(f'it is running already in {FOLDER}: sh contrib/setup demo stop')
    shutil.rmtree(FOLDER, ignore_errors=True)
    say("""The story of four invoices of the joinery Le Goff, early in 2026. A private Postfix on loopback has Relance as its
        milter; the customers' mail server is a small program. The days pass by a test clock.""")
    sink, relance, mta = start()
    story, teller = Story(mta, relance, sink), Teller(relance)
    tell_invoices(story, teller)
    tell_answers(story, teller)
    reminder = tell_first_reminder(story, teller)
    tell_trouble(story, teller, reminder)
    tell_second_reminder(story, teller)
    tell_the_end(teller)
    tell_how_to_explore(mta)


def main():
    try:
        if sys.argv[1:] == ['stop']:
            stop()
        elif not sys.argv[1:]:
            play()
        else:
            sys.exit('usage: demo [stop]')
    except (Failure, Skip) as reason:
        sys.exit(f'demo: {reason}')


main()
