"""Relance from the build tree, in the work folder: relanced in the foreground and the command line."""
import json
import os
import re
import signal
import subprocess
import time

from . import mta
from .wait import alive, bounded, end, until
from .workplace import Failure, Skip, build_dir, check, source_dir

COMPANY = '''
company "Menuiserie Le Goff SARL" {{
	domains = {{"legoff.example"}}
	senders = {{"facturation@legoff.example"}}
	from = "Anne Le Goff <facturation@legoff.example>"
	language = fr
{company}
}}
'''


class Relance:
    """
    One installation. SETTINGS are lines of relance.conf that replace the tests' own, COMPANY more lines of the company.
    Everything runs as the user who runs the test (root).
    """

    def __init__(self, work, name='relance', settings=None, company='', mail_server=None, front_only=False):
        self.work = work
        self.folder = work.folder(name)
        self.build = build_dir()
        self.configuration = self.folder / 'relance.conf'
        self.socket_path = self.folder / 'run' / 'relance.sock'
        self.socket = f'unix:{self.socket_path}'
        self.settings = dict(settings or {})
        self.company = company
        self.mail_server = mail_server
        self.log_path = self.folder / 'log'
        self.process = None
        # Without readers and clerk everything stays in the spool.
        self.libexec = self.build if not front_only else self.front_alone()
        if not (self.build / 'relanced').exists():
            raise Skip(f'relanced is not built in {self.build}')

    def front_alone(self):
        """A folder of programs in which the reader and the clerk do nothing."""
        folder = self.work.folder(f'{self.folder.name}/front-alone')
        (folder / 'relance-front').symlink_to(self.build / 'relance-front')
        for name in ('relance-reader', 'relance-clerk'):
            (folder / name).write_text('#!/bin/sh\nexec sleep 100000\n')
            (folder / name).chmod(0o755)
        return folder

    # -- configuration

    def write_configuration(self):
        folder = self.folder
        settings = {
            'socket': f'"{self.socket}"', 'socket_mode': '0666', 'user': '""',
            'state_dir': f'"{folder}/state"', 'spool_dir': f'"{folder}/spool"', 'run_dir': f'"{folder}/run"',
            'lexicon_dir': f'"{source_dir()}/conf/lexicon"', 'lexicon_extra_dir': '""',
            'template_dir': f'"{source_dir()}/conf/templates"', 'template_extra_dir': '""',
            'layout_dir': f'"{folder}/layouts"',
            'sendmail': f'"{self.mail_server.sendmail if self.mail_server else "/bin/false"}"',
            'log': 'stderr', 'networks': f'{{"{mta.OURS}/32"}}', 'authserv_ids': '{"mail.legoff.example"}', 'test_clock': 'yes', 'time_zone': '"Europe/Paris"',
        }
        settings.update(self.settings)
        text = ''.join(f'{name} = {value}\n' for name, value in settings.items())
        self.configuration.write_text(text + COMPANY.format(company=self.company))

    def make_folders(self):
        for name in ('state', 'run'):
            self.work.folder(f'{self.folder.name}/{name}')

    # -- life

    def init(self):
        """Configuration, folders and an empty store."""
        self.make_folders()
        self.write_configuration()
        self.run('init')
        return self

    def prepare(self):
        """Configuration and folders only: what the front needs."""
        self.make_folders()
        self.write_configuration()
        return self

    def start(self, environment=None, wait=True):
        """Starts relanced; with WAIT until the milter's socket takes connections."""
        if not self.configuration.exists():
            self.make_folders()
            self.write_configuration()
        with open(self.log_path, 'ab') as log:
            self.process = subprocess.Popen(
                [self.build / 'relanced', '-c', self.configuration, '-F', '--libexec', self.libexec],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **(environment or {})},
                start_new_session=True)
        self.work.at_end(self.stop)
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self, seconds=30):
        until(lambda: self.answers() or self.process.poll() is not None, seconds, lambda: f'relanced listens: {self.log()}')
        if self.process.poll() is not None:
            raise Failure(f'relanced ended with status {self.process.returncode}: {self.log()}')

    def answers(self):
        """True when the milter's socket takes a connection."""
        import socket  # pylint: disable=import-outside-toplevel
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            return probe.connect_ex(str(self.socket_path)) == 0

    def stop(self, seconds=30):
        """As an admin stops it (SIGTERM), and checks that nobody is left."""
        if not self.process:
            return
        children = self.children()
        end(self.process, seconds)
        self.process = None
        until(lambda: not any(alive(pid) for pid in children.values()), 15, lambda: f'left behind: {children}')
        check('Sanitizer' not in self.log(), f'a sanitizer has found something: {self.log()}')

    def kill(self):
        """As if the power failed: every process of ours at once."""
        self.process.send_signal(signal.SIGSTOP)  # so that it starts nothing anew in the meantime
        pids = [pid for _, pid in self.processes()]
        for pid in pids + [self.process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait(10)
        self.process = None
        # A front that is not quite gone would still take the connections meant for the next one.
        until(lambda: not any(alive(pid) for pid in pids), 15, lambda: f'left behind: {pids}')

    def processes(self):
        """(name, pid) of every program that relanced started, and theirs."""
        found = []
        for pid in descendants(self.process.pid) if self.process else []:
            try:
                with open(f'/proc/{pid}/comm', encoding='ascii', errors='replace') as comm:
                    found.append((comm.read().strip(), pid))
            except OSError:
                pass
        return found

    def children(self):
        """Name -> pid of the programs that relanced started (the last one of each name)."""
        return dict(self.processes())

    def child(self, name):
        """The pid of `relance-NAME`."""
        found = until(lambda: self.children().get(f'relance-{name}'), 10, f'relance-{name} runs')
        return found

    def signal_child(self, name, number):
        os.kill(self.child(name), number)

    # -- use

    def run(self, *arguments, allowed=(0,), seconds=60, **options):
        """The command line; gives its output."""
        return bounded(self.command_line(*arguments), seconds, allowed, **options)[1]

    def command_line(self, *arguments):
        return ['env', f'RELANCE_LIBEXECDIR={self.build}', str(self.build / 'relance'), '-c', str(self.configuration), *map(str, arguments)]

    def wait_until_reloaded(self, before=0, seconds=20):
        """Until the log tells of more than BEFORE reloads."""
        until(lambda: len(self.logged('reloaded')) > before, seconds, lambda: f'it reloads: {self.log()}')

    def spooled_times(self, message_id):
        """How often the front took in a mail of that Message-ID, by its log."""
        return len(self.logged(rf'spooled: .*msgid={re.escape(message_id)} as='))

    def wait_spooled(self, message_id, before=0, seconds=30):
        """Until the front has taken in the mail of that Message-ID more often than BEFORE."""
        until(lambda: self.spooled_times(message_id) > before, seconds,
              lambda: f'{message_id} was not taken in: {self.log()}')

    def json(self, *arguments, **options):
        return json.loads(self.run(*arguments, '--json', **options))

    def set_clock(self, instant):
        """From now on it is INSTANT (a datetime) for all programs of this installation; as `relance clock` does it."""
        part = self.folder / 'run/clock.part'
        part.write_text(f'{int(instant.timestamp()) - int(time.time())}\n')
        part.rename(self.folder / 'run/clock')

    def wait_tick(self, seconds=60):
        """Until the clerk has begun its work after now (the clock counts seconds) and ended it."""
        now = self.clock()
        until(lambda: self.ticked() > now, seconds, lambda: f'the clerk works at {now}, not only at {self.ticked()}: {self.log()}')

    def ticked(self):
        try:
            return int((self.folder / 'run/ticked').read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def clock(self):
        """The present instant of the installation: the machine's clock and the shift in RUN_DIR/clock."""
        try:
            return int(time.time()) + int((self.folder / 'run/clock').read_text())
        except FileNotFoundError:
            return int(time.time())

    def log(self):
        try:
            return self.log_path.read_text(errors='replace')
        except FileNotFoundError:
            return ''

    def logged(self, pattern):
        return re.findall(pattern, self.log(), re.M)

    def wait_logged(self, pattern, seconds=30):
        return until(lambda: self.logged(pattern), seconds, lambda: f'no line like {pattern!r} in the log: {self.log()}')

    def spooled(self, folder='new'):
        """Stems of the messages in the spool."""
        path = self.folder / 'spool' / folder
        return sorted({one.stem for end in ('mail', 'json') for one in path.glob(f'*.{end}')}) if path.is_dir() else []

    def empty_spool(self):
        for path in (self.folder / 'spool/new').iterdir():
            path.unlink()

    def wait_read(self, seconds=60):
        """Until the clerk has dealt with everything that was spooled; nothing may have failed."""
        until(lambda: not self.spooled(), seconds, lambda: f'the spool is not empty: {self.spooled()}: {self.log()}')
        check(not self.spooled('failed'), f'could not be read: {self.spooled("failed")}')


def descendants(pid):
    """Processes below PID."""
    parents = {}
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                with open(f'/proc/{name}/stat', encoding='ascii', errors='replace') as stat:
                    parents[int(name)] = int(stat.read().rsplit(')', 1)[1].split()[1])
            except OSError:
                pass
    found, last = [], {pid}
    while last:
        last = {child for child, parent in parents.items() if parent in last}
        found += sorted(last)
    return found
