#!/usr/bin/env python3
"""
The customers' server: an SMTP server on loopback that keeps every mail in a folder, with its envelope, and refuses unknown
users, so that the MTA that sends to it makes real bounces. Runs as a thread of a test or, by `sink.py FOLDER PORT
[REFUSED...]`, as a process of its own (the demo).
"""
import json
import os
import pathlib
import re
import socketserver
import subprocess
import sys
import threading


class Session(socketserver.StreamRequestHandler):
    """One SMTP session."""
    timeout = 60

    def say(self, line):
        self.wfile.write(line.encode() + b'\r\n')

    def handle(self):
        try:
            self.talk()
        except (OSError, ValueError):
            pass

    def talk(self):
        sender = recipients = None
        self.say('220 mx.client.example ESMTP')
        while True:
            line = self.rfile.readline(4096)
            if not line:
                return
            words = line.decode('utf-8', 'replace').rstrip('\r\n')
            verb = words.split(' ')[0].upper()
            if verb == 'EHLO':
                for feature in ('mx.client.example', 'PIPELINING', 'SIZE 104857600', '8BITMIME', 'ENHANCEDSTATUSCODES', 'DSN'):
                    self.say(f'250-{feature}')
                self.say('250 SMTPUTF8')
            elif verb == 'HELO':
                self.say('250 mx.client.example')
            elif verb == 'MAIL':
                sender, recipients = path_and_parameters(words), []
                self.say('250 2.1.0 Ok')
            elif verb == 'RCPT':
                recipient = path_and_parameters(words)
                if self.server.sink.refuses(recipient['address']):
                    self.say(f'550 5.1.1 <{recipient["address"]}>: Recipient address rejected: User unknown')
                else:
                    recipients.append(recipient)
                    self.say('250 2.1.5 Ok')
            elif verb == 'DATA':
                if not recipients:
                    self.say('503 5.5.1 no valid recipients')
                    continue
                self.say('354 End data with <CR><LF>.<CR><LF>')
                data = self.read_data()
                self.server.sink.keep(sender, recipients, data)
                self.say('250 2.0.0 Ok: kept')
            elif verb == 'RSET':
                sender = recipients = None
                self.say('250 2.0.0 Ok')
            elif verb == 'NOOP':
                self.say('250 2.0.0 Ok')
            elif verb == 'QUIT':
                self.say('221 2.0.0 Bye')
                return
            else:
                self.say('502 5.5.2 Command not implemented')

    def read_data(self):
        lines = []
        while True:
            line = self.rfile.readline()
            if not line:
                raise ValueError('connection lost')
            if line == b'.\r\n':
                return b''.join(lines)
            lines.append(line[1:] if line.startswith(b'.') else line)


def path_and_parameters(line):
    """The address of a MAIL or RCPT command and its ESMTP parameters."""
    match = re.match(r'[A-Za-z]+ [A-Za-z]+:\s*<([^>]*)>\s*(.*)$', line)
    if not match:
        return {'address': '', 'parameters': []}
    return {'address': match.group(1), 'parameters': match.group(2).split()}


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


class Kept:
    """The mails in a sink's folder: NUMBER.eml (the bytes) and NUMBER.json (the envelope)."""

    def __init__(self, folder, refused=()):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.refused = {address.lower() for address in refused}

    def mails(self, to=None):
        """What came, oldest first, as dicts: sender, recipients, data; TO: only to that address."""
        found = []
        for path in sorted(self.folder.glob('*.json')):
            mail = json.loads(path.read_text())
            if to is None or to.lower() in [one['address'].lower() for one in mail['recipients']]:
                mail['data'] = path.with_suffix('.eml').read_bytes()
                found.append(mail)
        return found


class Sink(Kept):
    """The server, in this process."""

    def __init__(self, folder, port=0, refused=()):
        super().__init__(folder, refused)
        self.lock = threading.Lock()
        self.count = len(list(self.folder.glob('*.json')))
        self.server = Server(('127.0.0.1', port), Session)
        self.server.sink = self
        self.port = self.server.server_address[1]

    def start(self):
        threading.Thread(target=self.server.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def refuses(self, address):
        return address.lower() in self.refused

    def keep(self, sender, recipients, data):
        with self.lock:
            self.count += 1
            stem = self.folder / f'{self.count:06d}'
            stem.with_suffix('.eml').write_bytes(data)
            envelope = {'sender': sender, 'recipients': recipients}
            part = stem.with_suffix('.part')
            part.write_text(json.dumps(envelope))
            os.rename(part, stem.with_suffix('.json'))


class SinkProcess(Kept):
    """The server as a process that outlives us."""

    def __init__(self, folder, port, refused=()):
        super().__init__(folder, refused)
        self.port = port
        self.process = None

    def start(self):
        self.process = subprocess.Popen([sys.executable, __file__, self.folder, str(self.port), *sorted(self.refused)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True)
        return self


if __name__ == '__main__':
    Sink(sys.argv[1], int(sys.argv[2]), sys.argv[3:]).server.serve_forever()
