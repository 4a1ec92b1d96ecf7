"""tests/bench/reference-milter: a milter that does nothing."""
import subprocess

from .wait import end, until
from .workplace import build_dir


class ReferenceMilter:
    """MODE: `eoh` accepts at end-of-headers, `all` takes the whole message."""

    def __init__(self, work, mode, name=None):
        self.work, self.mode = work, mode
        self.path = work / (name or f'reference-{mode}.sock')
        self.socket = f'unix:{self.path}'
        self.process = None

    def start(self):
        program = build_dir() / 'tests/bench/reference-milter'
        self.process = subprocess.Popen([program, self.mode, self.socket], stdin=subprocess.DEVNULL)
        self.work.at_end(self.stop)
        until(self.path.is_socket, 10, 'the reference milter listens')
        return self

    def stop(self):
        if self.process:
            end(self.process)
            self.process = None
