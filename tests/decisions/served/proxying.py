"""A wire between the door and PostgreSQL that can be cut, at any byte of an answer."""

import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HOST = "127.0.0.1"


class Wire:
    """Hands on what comes. `is_cut`: takes nobody. `at_most`: cuts each connection after a random part of so many
    bytes of answers; 0 for never."""

    def __init__(self, folder: Path) -> None:
        self._database = folder / ".s.PGSQL.5432"
        self._listening = socket.create_server((HOST, 0))
        self.port = int(self._listening.getsockname()[1])
        self.is_cut, self.at_most = False, 0
        self._open: set[socket.socket] = set()

    def serve(self) -> None:
        """Take connections until it is closed."""
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.socket(socket.AF_UNIX)
                with suppress(OSError):
                    far.connect(str(self._database))
                self._open |= {near, far}
                left = secrets.randbelow(self.at_most) if self.at_most else None
                threading.Thread(target=self._hand_on, args=[near, far, None], daemon=True).start()
                threading.Thread(target=self._hand_on, args=[far, near, left], daemon=True).start()

    def cut(self) -> None:
        """Cut every connection, now."""
        for one in list(self._open):
            _end(one)
        self._open.clear()

    def close(self) -> None:
        """Take nobody any more."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()

    def _hand_on(self, source: socket.socket, target: socket.socket, left: int | None) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if left is not None and len(data) > left:
                    target.sendall(data[:left])
                    break
                left = None if left is None else left - len(data)
                target.sendall(data)
        _end(source)
        _end(target)


@contextmanager
def wire(folder: Path) -> Iterator[Wire]:
    """Lay a wire to the server in this folder."""
    laid = Wire(folder)
    serving = threading.Thread(target=laid.serve, daemon=True)
    serving.start()
    try:
        yield laid
    finally:
        laid.close()
        serving.join()


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
