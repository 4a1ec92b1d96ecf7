"""Waiting: always bounded, never for a fixed time."""
import os
import signal
import socket
import subprocess
import time

from .workplace import Failure


def until(condition, seconds, what):
    """Polls CONDITION until it gives something true and returns that; after SECONDS it is a failure named WHAT."""
    deadline = time.monotonic() + seconds
    pause = 0.01
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise Failure(f'waited {seconds} s in vain: {what() if callable(what) else what}')
        time.sleep(pause)
        pause = min(pause * 1.5, 0.25)


def bounded(arguments, seconds=60, allowed=(0,), **options):
    """Runs a command to its end and returns (status, output, errors) as text; other statuses than ALLOWED are a failure
    (None allows all)."""
    options.setdefault('stdin', subprocess.DEVNULL)
    if 'input' in options:
        del options['stdin']
        if isinstance(options['input'], str):
            options['input'] = options['input'].encode()
    try:
        done = subprocess.run([str(argument) for argument in arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=seconds, check=False, **options)
    except subprocess.TimeoutExpired as error:
        raise Failure(f'{arguments[0]} did not end within {seconds} s') from error
    output, errors = (text.decode('utf-8', 'replace') for text in (done.stdout, done.stderr))
    if allowed is not None and done.returncode not in allowed:
        raise Failure(f'{" ".join(map(str, arguments))}: exit status {done.returncode}\n{output}{errors}')
    return done.returncode, output, errors


def free_port():
    """A port of 127.0.0.1 that nobody listens on. Another process may take it before we do: who starts a server on it
    must be ready to ask for another one."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def listens(port, address='127.0.0.1'):
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((address, port)) == 0


def alive(pid):
    """True while a process runs (a zombie does not)."""
    try:
        with open(f'/proc/{pid}/stat', encoding='ascii', errors='replace') as stat:
            return stat.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except OSError:
        return False


def end(process, seconds=20, how=signal.SIGTERM):
    """Ends a process that we started (Popen): first politely, after SECONDS by force; returns its status."""
    if process.poll() is None:
        try:
            os.kill(process.pid, how)
        except ProcessLookupError:
            pass
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait(seconds)
