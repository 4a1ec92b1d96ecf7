"""A private Sendmail: unpacked, not installed; own sendmail.cf and submit.cf, queue and pid file; loopback only."""
import os
import shutil
import subprocess

from . import mta
from .wait import bounded, end, free_port, until
from .workplace import Failure, Skip, library_path, unpacked

# The work folder is below /tmp, which everybody may write to: Sendmail must not mind.
FORGIVEN = 'TrustStickyBit,GroupWritableDirPathSafe,MapInUnsafeDirPath,RunProgramInUnsafeDirPath'

# Who submits: an account of every Debian system (base-passwd).
SUBMITTER = 'uucp'

# The mail server. `maildrop` is our own mailer: it puts a mail into the mailbox folder of its user. Where bounces are piped into a
# program, that one needs its rights, as behind an alias.
SENDMAIL_MC = '''divert(-1)
divert(0)dnl
VERSIONID(`Relance tests')dnl
OSTYPE(`linux')dnl
define(`confDOMAIN_NAME', `{host}')dnl
define(`confDONT_BLAME_SENDMAIL', `{forgiven}')dnl
define(`QUEUE_DIR', `{folder}/queue')dnl
define(`STATUS_FILE', `{folder}/statistics')dnl
define(`HELP_FILE', `{folder}/conf/helpfile')dnl
define(`ALIAS_FILE', `')dnl
define(`confPID_FILE', `{folder}/pid')dnl
define(`confCW_FILE', `-o {folder}/conf/local-host-names')dnl
define(`confSERVICE_SWITCH_FILE', `{folder}/conf/service.switch')dnl
define(`confHOSTS_FILE', `{folder}/conf/hosts')dnl
define(`confDELIVERY_MODE', `{delivery_mode}')dnl
define(`confTO_IDENT', `0')dnl
define(`confMAX_DAEMON_CHILDREN', `0')dnl
define(`confQUEUE_LA', `1000')dnl
define(`confREFUSE_LA', `1000')dnl
define(`confDELAY_LA', `1000')dnl
define(`confMIN_QUEUE_AGE', `0')dnl
define(`confLOG_LEVEL', `14')dnl
define(`confPRIVACY_FLAGS', `authwarnings')dnl
define(`confTRUSTED_USERS', `root')dnl
FEATURE(`no_default_msa')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unresolvable_domains')dnl
FEATURE(`mailertable', `hash -o {folder}/conf/mailertable')dnl
FEATURE(`access_db', `hash -o -T<TMPF> {folder}/conf/access')dnl
DAEMON_OPTIONS(`Port={port}, Addr=127.0.0.1, Name=MTA')dnl
define(`ESMTP_MAILER_ARGS', `TCP $h {sink}')dnl
define(`SMTP_MAILER_ARGS', `TCP $h {sink}')dnl
define(`RELAY_MAILER_ARGS', `TCP $h {sink}')dnl
{milters}
MAILER(`smtp')dnl
MAILER_DEFINITIONS
Mmaildrop,	P={folder}/maildrop, F=lsDFMmqSu5, S=EnvFromSMTP/HdrFromSMTP, R=EnvToSMTP/HdrFromSMTP,
	T=DNS/RFC822/X-Unix, U={box_user}, A=maildrop $u
'''

SUBMIT_MC = '''divert(-1)
divert(0)dnl
VERSIONID(`Relance tests')dnl
define(`confCF_VERSION', `Submit')dnl
define(`__OSTYPE__',`')dnl
define(`_USE_DECNET_SYNTAX_', `1')dnl
define(`confTIME_ZONE', `USE_TZ')dnl
define(`confDOMAIN_NAME', `{host}')dnl
define(`confDONT_BLAME_SENDMAIL', `{forgiven}')dnl
define(`confDONT_INIT_GROUPS', `True')dnl
define(`MSP_QUEUE_DIR', `{folder}/submission')dnl
define(`STATUS_FILE', `{folder}/submission-statistics')dnl
define(`confPID_FILE', `{folder}/submission-pid')dnl
define(`confSERVICE_SWITCH_FILE', `{folder}/conf/service.switch')dnl
define(`confHOSTS_FILE', `{folder}/conf/hosts')dnl
define(`confRUN_AS_USER', `{submitter}:{submitter}')dnl
define(`confTRUSTED_USER', `{submitter}')dnl
define(`RELAY_MAILER_ARGS', `TCP $h {port}')dnl
define(`ESMTP_MAILER_ARGS', `TCP $h {port}')dnl
FEATURE(`msp', `[127.0.0.1]')dnl
'''

MAILDROP = '''#!/bin/sh
# maildrop USER@DOMAIN: the message on standard input becomes a file of the mailbox
umask 022
folder='{folder}/mailboxes'/"$(printf '%s' "$1" | tr 'A-Z' 'a-z')"
[ -d "$folder" ] || exit 67
file=$(mktemp "$folder/.XXXXXX") && cat >"$file" || exit 75
{piped}
mv "$file" "$folder/$(date +%s.%N).$$" || exit 75
'''


def milter_lines(sockets, patience):
    """INPUT_MAIL_FILTER for each socket, no F= flag: absent means as if it were not there."""
    lines = []
    for number, socket in enumerate(sockets):
        kind, _, path = socket.partition(':')
        where = f'local:{path}' if kind in ('unix', 'local') else socket
        lines.append(f"INPUT_MAIL_FILTER(`filter{number}', `S={where}, F=, T=C:{patience.connect}s;S:{patience.command}s;"
                     f"R:{patience.command}s;E:{patience.content}s')dnl")
    return '\n'.join(lines) or 'dnl'


class Sendmail(mta.Mta):
    """As Postfix. It believes its host name by `unshare -u` (an unqualified one makes it sleep a minute at start)."""

    def __init__(self, work, sink, name='sendmail', **options):
        super().__init__(work, sink, **options)
        self.bounces_into = None  # a shell command that gets every bounce to a mailbox
        self.root = unpacked('sendmail')
        self.folder = work.folder(name)
        self.environment = {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LD_LIBRARY_PATH': library_path(self.root), 'LC_ALL': 'C'}
        self.program = next((path for path in (self.root / 'usr/libexec/sendmail/sendmail', self.root / 'usr/lib/sm.bin/sendmail')
                             if path.exists()), None)
        if self.program is None:
            raise Skip(f'no sendmail in {self.root}')
        if bounded(['unshare', '-u', 'true'], 10, None)[0] != 0:
            raise Skip('unshare -u is not permitted here')
        self.daemon = None

    # -- configuration

    def write_configuration(self):
        conf = self.folder / 'conf'
        conf.mkdir(exist_ok=True)
        (conf / 'local-host-names').write_text('')
        (conf / 'hosts').write_text(f'127.0.0.1 localhost\n127.0.0.1 {self.host}\n')
        (conf / 'service.switch').write_text('hosts files\naliases files\npasswd files\n')
        (conf / 'helpfile').write_text('')
        values = {'host': self.host, 'folder': self.folder, 'port': self.port, 'forgiven': FORGIVEN, 'submitter': SUBMITTER,
                  'sink': self.sink.port if self.sink else 9, 'milters': milter_lines(self.milters, self.patience),
                  'box_user': 'root:root' if self.bounces_into else 'nobody:nogroup', 'delivery_mode': 'background' if self.deliver else 'queueonly'}
        self.compile('sendmail', SENDMAIL_MC.format(**values))
        self.compile('submit', SUBMIT_MC.format(**values))
        self.make_map('mailertable', ''.join(f'{domain}\tmaildrop:box\n' for domain in self.own) + '.example\tesmtp:[127.0.0.1]\n')
        self.make_map('access', f'Connect:{mta.OURS}\tRELAY\n' + ''.join(f'To:{domain}\tRELAY\n' for domain in self.own))
        piped = f'! grep -q "^From: .*MAILER-DAEMON" "$file" || {self.bounces_into} <"$file" || exit 75' if self.bounces_into else ''
        script(self.folder / 'maildrop', MAILDROP.format(folder=self.folder, piped=piped))
        exports = ''.join(f"export {name}='{value}'\n" for name, value in self.environment.items())
        script(self.folder / 'sendmail', f'#!/bin/sh\n{exports}' + self.with_host_name(f'-C {conf}/submit.cf -Ac "$@"'))
        script(self.folder / 'daemon', f'#!/bin/sh\n{exports}' + self.with_host_name(
            f'-C {conf}/sendmail.cf -X {self.folder}/traffic -bD ' + ('-q1s' if self.deliver else '')))

    def with_host_name(self, arguments):
        return ("exec unshare -u sh -c 'hostname \"$0\" && exec \"$@\"' " + f'{self.host} {self.program} {arguments}\n')

    def compile(self, name, text):
        source = self.folder / 'conf' / f'{name}.mc'
        source.write_text(text)
        macros = self.root / 'usr/share/sendmail/cf'
        output = bounded(['m4', f'-D_CF_DIR_={macros}/', macros / 'm4/cf.m4', source])[1]
        (self.folder / 'conf' / f'{name}.cf').write_text(output)

    def make_map(self, name, text):
        makemap = self.program.parent / 'makemap'
        bounded([makemap, '-C', self.folder / 'conf/sendmail.cf', 'hash', self.folder / 'conf' / name], input=text, env=self.environment)

    def make_folders(self):
        for name, mode in (('queue', 0o700), ('submission', 0o700), ('mailboxes', 0o755)):
            folder = self.folder / name
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)
        shutil.chown(self.folder / 'submission', SUBMITTER, SUBMITTER)
        for address in self.mailboxes:
            folder = self.folder / 'mailboxes' / address
            folder.mkdir(exist_ok=True)
            folder.chmod(0o777)

    # -- life

    def start(self):
        self.make_folders()
        for _ in range(5):
            self.port = self.port or free_port()
            self.write_configuration()
            with open(self.folder / 'daemon.err', 'ab') as errors:
                self.daemon = subprocess.Popen([self.folder / 'daemon'], stdin=subprocess.DEVNULL, stdout=errors, stderr=errors,
                                               env=self.environment, start_new_session=True)
            try:
                until(lambda: mta.listening(self.port) or self.daemon.poll() is not None, 20, 'Sendmail listens')
            except Failure:
                end(self.daemon)
                raise
            if self.daemon.poll() is None:
                self.work.at_end(self.stop)
                return self
            self.port = None
        raise Failure(f'Sendmail does not start: {(self.folder / "daemon.err").read_text()}')

    def stop(self):
        if self.daemon:
            end(self.daemon)
            self.daemon = None

    def reload(self, **changes):
        for name, value in changes.items():
            setattr(self, name, value)
        self.stop()
        return self.start()

    # -- use

    @property
    def sendmail(self):
        return self.folder / 'sendmail'

    def send_sendmail(self, message, sender=None, recipients=None, options=()):
        data = message if isinstance(message, bytes) else message.bytes
        sender = message.sender if sender is None else sender
        recipients = message.recipients if recipients is None else recipients
        bounded([self.sendmail, '-i', '-f', sender, *options, '--', *recipients], input=data.replace(b'\r\n', b'\n'))

    def queue(self):
        return [name for folder in ('queue', 'submission') for name in os.listdir(self.folder / folder)
                if name[:2] in ('qf', 'df', 'Qf', 'tf')]

    def log(self):
        try:
            return (self.folder / 'traffic').read_text(errors='replace')
        except FileNotFoundError:
            return ''

    def mailbox(self, address):
        files = [path for path in (self.folder / 'mailboxes' / address.lower()).glob('*') if not path.name.startswith('.')]
        return [path.read_bytes() for path in sorted(files)]


def script(path, text):
    path.write_text(text)
    path.chmod(0o755)
