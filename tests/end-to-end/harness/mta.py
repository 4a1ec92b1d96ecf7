"""What a private Postfix and a private Sendmail have in common."""
import smtplib
import socket
import typing

from .wait import until

# The mail server believes 127.0.0.1 to be its own network. The world outside comes from another loopback address.
OURS = '127.0.0.1'
OUTSIDE = '127.0.0.9'


class Patience(typing.NamedTuple):
    """Seconds that the MTA gives our milter. A busy machine is no reason to miss a mail; the tests of failing open, which
    wait for these to pass, take IMPATIENT."""
    connect: int = 30
    command: int = 30
    content: int = 60


IMPATIENT = Patience(3, 3, 6)


class Mta:
    """
    A mail server for the domains OWN with the mailboxes MAILBOXES; all other mail goes to the sink. Its port is known once
    it was started. DELIVER = False: what comes in stays in the queue, to be looked at.
    """

    def __init__(self, work, sink, own=('legoff.example',), mailboxes=('facturation@legoff.example',),
                 host='mail.legoff.example', milters=(), deliver=True, patience=Patience()):
        self.work, self.sink, self.own, self.host = work, sink, list(own), host
        self.mailboxes = list(mailboxes)
        self.milters = list(milters)
        self.deliver = deliver
        self.patience = patience
        self.port = None

    def connection(self, source=OURS, seconds=60):
        return smtplib.SMTP('127.0.0.1', self.port, 'client.example', seconds, (source, 0))

    def send_smtp(self, message, sender=None, recipients=None, source=OURS, options=(), connection=None):
        """Sends MESSAGE (Message or bytes) in one session of its own, or in CONNECTION."""
        data = message if isinstance(message, bytes) else message.bytes
        sender = message.sender if sender is None else sender
        recipients = message.recipients if recipients is None else recipients
        smtp = connection or self.connection(source)
        try:
            refused = smtp.sendmail(sender, recipients, data, mail_options=options)
        finally:
            if connection is None:
                try:
                    smtp.quit()
                except (OSError, smtplib.SMTPException):
                    pass
        assert not refused, refused

    def wait_idle(self, seconds=60):
        """Until the queue is empty: everything was delivered, bounced or dropped."""
        until(lambda: not self.queue(), seconds, lambda: f'the queue is not empty: {self.queue()}')


class Outside:
    """The customers' mail server as a client: mail that comes to us from outside."""

    def __init__(self, mta):
        self.mta = mta

    def send(self, message, sender=None, recipients=None):
        self.mta.send_smtp(message, sender, recipients, source=OUTSIDE)


def listening(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(('127.0.0.1', port)) == 0
