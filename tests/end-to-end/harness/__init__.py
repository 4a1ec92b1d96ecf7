"""
The mail system of the end-to-end tests: a private Postfix or Sendmail, the customers' server that it talks to, and Relance
from the build tree. All of it lives in one work folder and on loopback; nothing of the machine's own mail system is used.
"""
from .workplace import Failure, Skip, Workplace, check, equal, main
from .wait import bounded, free_port, until
from .message import Message
from .sink import Sink
from .raw_smtp import RawSmtp
from . import queue_file
from .mta import Outside
from .postfix import Postfix
from .sendmail import Sendmail
from .relance import Relance
from . import plot, trouble

__all__ = ['Failure', 'Skip', 'Workplace', 'check', 'equal', 'main', 'bounded', 'free_port', 'until', 'Message', 'Sink',
           'Outside', 'RawSmtp', 'queue_file', 'Postfix', 'Sendmail', 'Relance', 'plot', 'trouble']
