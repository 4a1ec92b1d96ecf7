"""The work folder of one test, what it starts there, and how it ends: 0 passed, 77 skipped, 1 failed (folder kept)."""
import os
import pathlib
import shutil
import sys
import tempfile
import traceback


class Failure(Exception):
    """Something is not as the test says it must be."""


class Skip(Exception):
    """The test cannot run here, and why."""


def check(condition, what):
    if not condition:
        raise Failure(what)


def equal(found, expected, what):
    if found != expected:
        raise Failure(f'{what}: {difference(found, expected)}')


def difference(found, expected):
    """In words; of long lists only from where they part."""
    if isinstance(found, list) and isinstance(expected, list) and len(found) + len(expected) > 12:
        same = next((i for i, (one, other) in enumerate(zip(found, expected)) if one != other), min(len(found), len(expected)))
        return f'from number {same} on expected {expected[same:same + 3]!r}, found {found[same:same + 3]!r}'
    return f'expected {expected!r}, found {found!r}'


class Workplace:
    """
    A folder of mode 755 (servers that run as other users work in it) and a list of what to stop at the end, last started
    first. To be used by `with`.
    """

    def __init__(self, name, path=None):
        self.path = pathlib.Path(path or tempfile.mkdtemp(prefix=f'relance-{name}.'))
        self.path.mkdir(exist_ok=True)
        self.path.chmod(0o755)
        self.stops = []

    def __truediv__(self, name):
        return self.path / name

    def folder(self, name, mode=0o755):
        path = self.path / name
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(mode)
        return path

    def at_end(self, stop):
        self.stops.append(stop)

    def stop_all(self):
        while self.stops:
            try:
                self.stops.pop()()
            except Exception:  # pylint: disable=broad-except
                # The others must still be stopped, and the test's own failure is the one to be told.
                traceback.print_exc()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.stop_all()
        if kind is None or issubclass(kind, Skip):
            shutil.rmtree(self.path, ignore_errors=True)
        else:
            print(f'work folder kept: {self.path}', file=sys.stderr)
        return False


def cache():
    """Where contrib/setup unpacked the mail servers."""
    return pathlib.Path(os.environ.get('RELANCE_CACHE', '/var/cache/relance-tests'))


def unpacked(name):
    """The root of an unpacked mail server. No such thing, or no root: the test is skipped."""
    root = cache() / name / 'root'
    if os.geteuid() != 0:
        raise Skip(f'a private {name} needs root')
    if not (cache() / name / 'stamp').exists():
        raise Skip(f'no {name} in {cache()}: run `sh contrib/setup deps`')
    return root


def library_path(root):
    """LD_LIBRARY_PATH for what was unpacked in ROOT."""
    folders = [root / 'usr/lib/postfix', *sorted((root / 'usr/lib').glob('*-linux-*')), *sorted((root / 'lib').glob('*-linux-*'))]
    return ':'.join(str(folder) for folder in folders if folder.is_dir())


def source_dir():
    return pathlib.Path(os.environ.get('top_srcdir', pathlib.Path(__file__).resolve().parents[3]))


def build_dir():
    """The build tree: `make check` names it; by hand it is the current folder."""
    return pathlib.Path(os.environ.get('top_builddir', os.getcwd()))


def main(test):
    """Runs TEST(workplace) under the name of its program and exits as `make check` wants it."""
    name = pathlib.Path(sys.argv[0]).stem
    try:
        with Workplace(name) as work:
            test(work)
    except Skip as reason:
        print(f'{name}: skipped: {reason}')
        sys.exit(77)
    except Failure as reason:
        traceback.print_exc()
        print(f'{name}: FAILED: {reason}', file=sys.stderr)
        sys.exit(1)
    print(f'{name}: passed')
    sys.exit(0)
