"""SMTP as bytes: what smtplib would tidy up (line ends, NUL, no body) is sent as it is."""
import re
import socket

from .workplace import Failure


class RawSmtp:
    """One session. To be used by `with`."""

    def __init__(self, port, source='127.0.0.1', seconds=60):
        self.socket = socket.create_connection(('127.0.0.1', port), seconds, (source, 0))
        self.file = self.socket.makefile('rb')
        self.reply(220)
        self.command('EHLO client.example', 250)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self.command('QUIT', 221)
        finally:
            self.file.close()
            self.socket.close()
        return False

    def reply(self, expected):
        while True:
            line = self.file.readline(2000)
            if not line:
                raise Failure('the mail server hung up')
            if line[3:4] != b'-':
                break
        if int(line[:3]) != expected:
            raise Failure(f'the mail server says {line!r}, not {expected}')
        return line.decode('utf-8', 'replace')

    def command(self, line, expected):
        self.socket.sendall(line.encode() + b'\r\n')
        return self.reply(expected)

    def begin(self, sender, recipients, parameters=''):
        self.command(f'MAIL FROM:<{sender}>{parameters}', 250)
        for recipient in recipients:
            self.command(f'RCPT TO:<{recipient}>', 250)
        self.command('DATA', 354)

    def send(self, sender, recipients, data, parameters=''):
        """One message; DATA is dot-stuffed and ended, nothing else is done to it. The answer has the queue id."""
        self.begin(sender, recipients, parameters)
        self.socket.sendall(stuffed(data))
        return self.reply(250)

    def send_part(self, data):
        """The first bytes of a message that is never ended, or not yet."""
        self.socket.sendall(data)


def stuffed(data):
    text = re.sub(rb'(^|\n)\.', rb'\1..', data)
    return text + (b'' if text.endswith(b'\r\n') or not text else b'\r\n') + b'.\r\n'
