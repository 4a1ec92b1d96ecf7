"""
What may happen to the milter or its disk, as scenes: whatever it is, the mail server in front accepts every mail within the
time it gives to milters, the log says what was missed, and once the trouble is over the next mail is taken in again.
"""
import os
import re
import signal
import time

from .message import Message
from .mta import IMPATIENT, Outside
from .postfix import Postfix, milter_entry
from .raw_smtp import RawSmtp
from .relance import Relance
from .sink import Sink
from .wait import bounded, until
from .workplace import check, equal

# What the mail server gives a milter at most, once for each: connecting, one command, one part of the content. The rest is for a
# busy machine.
PATIENCE = sum(IMPATIENT) + 20

numbers = iter(range(1, 1000))


def invoice(size=2000):
    number = next(numbers)
    return Message('facturation@legoff.example', f'r{number}@client.example', f'Facture F2026-{number}', ('x' * 70 + '\n') * (size // 71),
                   message_id=f'<open.{number}@legoff.example>')


class Stage:
    """One mail server of class SERVER, one Relance, and what every scene asks of them."""

    def __init__(self, work, server):
        self.work = work
        self.sink = Sink(work / 'sink').start()
        self.relance = Relance(work)
        self.spool = work.folder('relance/spool')
        entry = milter_entry(self.relance.socket, IMPATIENT) if server is Postfix else self.relance.socket
        self.mta = server(work, self.sink, milters=[entry], patience=IMPATIENT)

    def accepted(self, message=None, send=None):
        """MESSAGE is accepted in time and reaches the customer."""
        message = message or invoice()
        start = time.monotonic()
        (send or self.mta.send_smtp)(message)
        took = time.monotonic() - start
        check(took < PATIENCE, f'accepting {message.id} took {took:.1f} s')
        until(lambda: self.sink.mails(message.recipients[0]), 30, f'{message.id} reaches the customer')
        return message

    def taken_in(self, message=None):
        """MESSAGE passes and is in the spool, or was read from it already."""
        message = self.accepted(message)
        self.relance.wait_spooled(message.id)
        return message

    def complaints(self):
        """How often Postfix said that the milter was missing (Sendmail says it to syslog, which we have not got)."""
        return len(re.findall(r'warning: (?:milter|connect to Milter service) unix:', self.mta.log()))

    def missed(self, pattern):
        self.relance.wait_logged(pattern)


def mount_permitted(folder):
    status = bounded(['mount', '-t', 'tmpfs', '-o', 'size=256k,nr_inodes=64', 'tmpfs', folder], 10, None)[0]
    if status == 0:
        bounded(['umount', folder], 10)
    return status == 0


def killed_before_the_content(stage):
    with RawSmtp(stage.mta.port) as session:
        message = invoice()
        session.begin(message.sender, message.recipients)
        os.kill(stage.relance.child('front'), signal.SIGKILL)
        session.send_part(message.bytes + b'\r\n.\r\n')
        session.reply(250)


def killed_in_the_content(stage):
    """Stopped first, so that Postfix waits for an answer at end-of-headers when the kill comes."""
    front = stage.relance.child('front')
    with RawSmtp(stage.mta.port) as session:
        message = invoice(size=200000)
        session.begin(message.sender, message.recipients)
        os.kill(front, signal.SIGSTOP)
        session.send_part(message.bytes + b'\r\n.\r\n')
        time.sleep(0.5)
        os.kill(front, signal.SIGKILL)
        session.reply(250)


def stopped(stage):
    front = stage.relance.child('front')
    os.kill(front, signal.SIGSTOP)
    try:
        stage.accepted()
        stage.accepted(send=stage.mta.send_sendmail)
    finally:
        os.kill(front, signal.SIGCONT)


def full_disk(stage):
    """A spool of 256 kB takes no message of 1 MB."""
    bounded(['mount', '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', stage.spool], 10)
    try:
        stage.relance.start()
        stage.accepted(invoice(size=1000000))
        stage.missed(r'(?i)no space left')
        stage.taken_in()
        stage.relance.stop()
    finally:
        bounded(['umount', '-l', stage.spool], 10)


def read_only_disk(stage):
    bounded(['mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', stage.spool], 10)
    try:
        stage.relance.start()
        bounded(['mount', '-o', 'remount,ro', stage.spool], 10)
        stage.accepted()
        stage.missed(r'(?i)read-only file system')
        bounded(['mount', '-o', 'remount,rw', stage.spool], 10)
        stage.taken_in()
        stage.relance.stop()
    finally:
        bounded(['umount', '-l', stage.spool], 10)


def watchlist_gone(stage):
    """Answers to the configured mailboxes are known without it; the log says once that it is gone."""
    before = len(stage.relance.logged('watchlist: state=missing'))
    (stage.relance.folder / 'run/watchlist').write_bytes(b'this is no database')
    stage.relance.start()
    for _ in range(2):
        number = next(numbers)
        answer = Message('compta@client.example', 'facturation@legoff.example', f'Re: Facture {number}', 'Bien reçu.',
                         message_id=f'<answer.{number}@client.example>', answer_to=f'<open.{number}@legoff.example>')
        Outside(stage.mta).send(answer)
        stage.relance.wait_spooled(answer.id)
    check(len(stage.relance.logged('watchlist: state=missing')) == before + 1, 'the log says once that the watchlist is gone')
    stage.relance.stop()


def wrong_permissions(stage):
    """Postfix may not connect to the socket: it goes on without us, and says so."""
    stage.relance.start()
    stage.relance.socket_path.chmod(0o600)
    stage.accepted()
    until(lambda: 'Permission denied' in stage.mta.log(), 10, 'Postfix says that the socket is forbidden')
    stage.relance.socket_path.chmod(0o666)
    stage.taken_in()
    stage.relance.stop()


def not_running(stage):
    stage.relance.stop()
    stage.accepted()
    stage.accepted(send=stage.mta.send_sendmail)


def play(stage, scenes):
    """Scenes with a Relance that runs before and must run afterwards."""
    stage.relance.prepare().start()
    stage.mta.start()
    stage.taken_in()
    for scene in scenes:
        print(scene.__name__, flush=True)
        before = stage.complaints()
        scene(stage)
        check(stage.complaints() > before or not isinstance(stage.mta, Postfix), 'Postfix says in its log that the milter was missing')
        stage.relance.wait_ready()
        stage.taken_in()
    not_running(stage)


def play_alone(stage, scenes):
    """Scenes that start and stop Relance themselves."""
    for scene in scenes:
        print(scene.__name__, flush=True)
        scene(stage)


def nothing_was_refused(stage):
    stage.mta.wait_idle()
    equal([line for line in stage.mta.log().splitlines() if 'status=bounced' in line or 'milter-reject' in line], [],
          'mails that were refused or bounced')
