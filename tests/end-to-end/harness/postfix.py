"""A private Postfix: unpacked, not installed; own configuration, queue and data folders; loopback only."""
import grp
import os
import pwd
import re
import subprocess

from . import mta
from .wait import bounded, end, free_port, until
from .workplace import Failure, library_path, unpacked

# Postfix wants a user and a group for itself that nothing else shares. These are on every Debian system (base-passwd), and
# no service of the tests' machines runs under them.
OWNER, GROUP = 'uucp', 'irc'

QUEUE_FOLDERS = {'active': 0o700, 'bounce': 0o700, 'corrupt': 0o700, 'defer': 0o700, 'deferred': 0o700, 'flush': 0o700,
                 'hold': 0o700, 'incoming': 0o700, 'private': 0o700, 'maildrop': 0o730, 'public': 0o710, 'saved': 0o700,
                 'trace': 0o700}

MASTER = '''
{port}     inet  n - n - {processes} smtpd
{doors}
pickup     unix  n - n 1 1 pickup
cleanup    unix  n - n - 0 cleanup
{qmgr}
tlsmgr     unix  - - n 1000? 1 tlsmgr
rewrite    unix  - - n - - trivial-rewrite
bounce     unix  - - n - 0 bounce
defer      unix  - - n - 0 bounce
trace      unix  - - n - 0 bounce
verify     unix  - - n - 1 verify
flush      unix  n - n 1000? 0 flush
proxymap   unix  - - n - - proxymap
proxywrite unix  - - n - 1 proxymap
smtp       unix  - - n - - smtp
relay      unix  - - n - - smtp
showq      unix  n - n - - showq
error      unix  - - n - - error
retry      unix  - - n - - error
discard    unix  - - n - - discard
virtual    unix  - n n - - virtual
lmtp       unix  - - n - - lmtp
anvil      unix  - - n - 1 anvil
scache     unix  - - n - 1 scache
postlog    unix-dgram n - n - 1 postlogd
'''


def milter_entry(socket, patience=mta.Patience()):
    """Our line in smtpd_milters, in the form that `relance doctor` asks for."""
    return (f'{{ {socket}, connect_timeout={patience.connect}s, command_timeout={patience.command}s, '
            f'content_timeout={patience.content}s, default_action=accept }}')


class Postfix(mta.Mta):
    """
    DELIVER = False: there is no queue manager, everything stays in `incoming` to be looked at (queue_contents). SETTINGS
    are more lines of main.cf. open_door() adds a port with milters of its own.
    """

    def __init__(self, work, sink, settings=None, name='postfix', processes='-', **options):
        super().__init__(work, sink, **options)
        self.root = unpacked('postfix')
        self.folder = work.folder(name)
        self.settings = dict(settings or {})
        self.processes = processes
        self.doors = {}
        self.environment = {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'MAIL_CONFIG': str(self.folder / 'conf'),
                            'LD_LIBRARY_PATH': library_path(self.root), 'LC_ALL': 'C'}
        self.master = None
        self.log_path = self.folder / 'log'

    # -- configuration

    def main_cf(self):
        program = self.root / 'usr/lib/postfix'
        milters = ', '.join(self.milters)
        settings = {
            'compatibility_level': '3.6',
            'queue_directory': self.folder / 'queue',
            'data_directory': self.folder / 'data',
            'daemon_directory': program / 'sbin',
            'shlib_directory': program,
            'command_directory': self.root / 'usr/sbin',
            'meta_directory': self.root / 'etc/postfix',
            'sendmail_path': self.folder / 'sendmail',
            'import_environment': 'MAIL_CONFIG TZ LANG=C LD_LIBRARY_PATH',
            'export_environment': 'MAIL_CONFIG TZ LANG LD_LIBRARY_PATH',
            'mail_owner': OWNER, 'setgid_group': GROUP, 'default_privs': 'nobody',
            'maillog_file': self.log_path, 'maillog_file_prefixes': '/',
            'myhostname': self.host, 'mydomain': self.own[0], 'myorigin': self.own[0],
            'mydestination': '', 'local_recipient_maps': '', 'alias_maps': '', 'alias_database': '',
            'mynetworks': f'{mta.OURS}/32', 'inet_interfaces': '127.0.0.1', 'inet_protocols': 'ipv4',
            'smtp_bind_address': '127.0.0.1',
            'smtpd_peername_lookup': 'no', 'smtp_dns_support_level': 'disabled', 'disable_vrfy_command': 'no',
            'smtpd_relay_restrictions': 'permit_mynetworks, reject_unauth_destination',
            'smtpd_client_connection_count_limit': '0', 'smtpd_client_connection_rate_limit': '0',
            'smtp_destination_concurrency_limit': '5', 'in_flow_delay': '0',
            # The whole world of .example is the sink; our own domains are mailboxes in files.
            'default_transport': f'smtp:[127.0.0.1]:{self.sink.port if self.sink else 9}',
            'relay_transport': f'smtp:[127.0.0.1]:{self.sink.port if self.sink else 9}',
            'virtual_mailbox_domains': ', '.join(self.own),
            'virtual_mailbox_base': self.folder / 'mailboxes',
            'virtual_mailbox_maps': f'texthash:{self.folder}/conf/mailboxes',
            'virtual_uid_maps': 'static:65534', 'virtual_gid_maps': 'static:65534', 'virtual_minimum_uid': '100',
            'virtual_mailbox_limit': '0', 'message_size_limit': '104857600', 'mailbox_size_limit': '0',
            'minimal_backoff_time': '5s', 'maximal_backoff_time': '10s', 'queue_run_delay': '5s',
            'enable_long_queue_ids': 'yes',
            'smtpd_milters': milters, 'non_smtpd_milters': milters,
            'internal_mail_filter_classes': 'bounce' if milters else '',
        }
        settings.update(self.settings)
        return ''.join(f'{name} = {value}\n' for name, value in settings.items())

    def write_configuration(self):
        conf = self.folder / 'conf'
        conf.mkdir(exist_ok=True)
        (conf / 'main.cf').write_text(self.main_cf())
        qmgr = 'qmgr unix n - n 300 1 qmgr' if self.deliver else ''
        doors = ''.join(f'127.0.0.1:{port} inet n - n - {self.processes} smtpd\n  -o {{ smtpd_milters = {milter} }}\n'
                        for port, milter in self.doors.items())
        (conf / 'master.cf').write_text(MASTER.format(port=f'127.0.0.1:{self.port}', processes=self.processes, qmgr=qmgr,
                                                      doors=doors))
        # user@domain is the folder domain/user/
        addresses = [address.partition('@') for address in self.mailboxes]
        (conf / 'mailboxes').write_text(''.join(f'{user}@{domain} {domain}/{user}/\n' for user, _, domain in addresses))
        wrapper = self.folder / 'sendmail'
        wrapper.write_text('#!/bin/sh\n' + ''.join(f"export {name}='{value}'\n" for name, value in self.environment.items())
                           + f'exec {self.root}/usr/sbin/sendmail "$@"\n')
        wrapper.chmod(0o755)

    def make_folders(self):
        owner, group = pwd.getpwnam(OWNER).pw_uid, grp.getgrnam(GROUP).gr_gid
        queue = self.folder / 'queue'
        queue.mkdir(exist_ok=True)
        for name, mode in QUEUE_FOLDERS.items():
            (queue / name).mkdir(exist_ok=True)
            os.chown(queue / name, owner, group if name in ('maildrop', 'public') else 0)
            (queue / name).chmod(mode)
        (queue / 'pid').mkdir(exist_ok=True)
        data = self.folder / 'data'
        data.mkdir(exist_ok=True)
        os.chown(data, owner, 0)
        mailboxes = self.folder / 'mailboxes'
        mailboxes.mkdir(exist_ok=True)
        os.chown(mailboxes, 65534, 65534)

    def open_door(self, milter):
        """Before the start: a port where mail passes MILTER (an entry of smtpd_milters) instead of the usual ones."""
        port = free_port()
        self.doors[port] = milter
        return port

    # -- life

    def start(self):
        """Starts it and waits until it answers; takes another port when the one it found was taken by then."""
        self.make_folders()
        for _ in range(5):
            self.port = self.port or free_port()
            self.write_configuration()
            with open(self.folder / 'master.err', 'ab') as errors:
                self.master = subprocess.Popen([str(self.root / 'usr/lib/postfix/sbin/master'), '-c', self.folder / 'conf', '-d'],
                                               env=self.environment, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors,
                                               start_new_session=True)
            try:
                until(lambda: mta.listening(self.port) or self.master.poll() is not None, 20, 'Postfix listens')
            except Failure:
                end(self.master)
                raise
            if self.master.poll() is None:
                self.work.at_end(self.stop)
                return self
            self.port = None
        raise Failure(f'Postfix does not start: {(self.folder / "master.err").read_text()}{self.log()}')

    def stop(self):
        if self.master:
            end(self.master)
            self.master = None

    def reload(self, **changes):
        """Takes over changed attributes (milters=…, settings=…) by a restart."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.stop()
        return self.start()

    # -- use

    def tool(self, name, *arguments, seconds=60, allowed=(0,), **options):
        return bounded([self.root / 'usr/sbin' / name, *arguments], seconds, allowed, env=self.environment, **options)[1]

    @property
    def sendmail(self):
        """The path of its sendmail(1)."""
        return self.folder / 'sendmail'

    def send_sendmail(self, message, sender=None, recipients=None, options=()):
        data = message if isinstance(message, bytes) else message.bytes
        sender = message.sender if sender is None else sender
        recipients = message.recipients if recipients is None else recipients
        bounded([self.sendmail, '-i', '-f', sender, *options, '--', *recipients], input=data.replace(b'\r\n', b'\n'))

    def queue(self):
        """Queue ids of what waits (maildrop included)."""
        names = []
        for folder in ('maildrop', 'incoming', 'active', 'deferred'):
            names += [name for _, _, files in os.walk(self.folder / 'queue' / folder) for name in files]
        return names

    def queued(self):
        """The number of whole messages in the queue (cleanup makes a file executable when it has ended it)."""
        folders = [os.walk(self.folder / 'queue' / folder) for folder in ('incoming', 'active', 'deferred', 'hold')]
        paths = [os.path.join(top, name) for walk in folders for top, _, files in walk for name in files]
        return sum(1 for path in paths if os.stat(path).st_mode & 0o100)

    def queue_files(self):
        """Queue id -> bytes of every file in the queue."""
        contents = {}
        for folder in ('incoming', 'active', 'deferred', 'hold'):
            for top, _, files in os.walk(self.folder / 'queue' / folder):
                for name in files:
                    with open(os.path.join(top, name), 'rb') as file:
                        contents[name] = file.read()
        return contents

    def flush(self):
        self.tool('postqueue', '-f')

    def log(self):
        try:
            return self.log_path.read_text(errors='replace')
        except FileNotFoundError:
            return ''

    def mailbox(self, address):
        """The mails in a mailbox of ours, as bytes, in the order of arrival."""
        user, _, domain = address.lower().partition('@')
        files = list((self.folder / 'mailboxes' / domain / user / 'new').glob('*'))
        return [path.read_bytes() for path in sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name))]

    def warnings(self):
        """Lines of the log that say that something is wrong with the set-up."""
        return [line for line in self.log().splitlines() if re.search(r' (warning|error|fatal|panic): ', line)]
