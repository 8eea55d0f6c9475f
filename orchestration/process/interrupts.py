"""Remembers that somebody asked the run to stop, as libraries may swallow the interrupt.

Each framework puts handlers of its own in place and some of them catch everything; Python
writes every signal to a socket besides, which is read here. What is not here: what is done when
a run stops.
"""

import signal
import socket
from functools import cache


@cache
def _ends() -> tuple[socket.socket, socket.socket]:
    reading, writing = socket.socketpair()
    reading.setblocking(False)
    writing.setblocking(False)
    return reading, writing


def remember_interrupts() -> None:
    """Begin to remember; SIGTERM interrupts like Ctrl-C. Only in the main thread."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.set_wakeup_fd(_ends()[1].fileno(), warn_on_full_buffer=False)


def is_asked_to_stop() -> bool:
    """Tell whether a signal to stop has come since."""
    try:
        seen = _ends()[0].recv(1024, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    return signal.SIGINT in seen or signal.SIGTERM in seen
