"""A small daemon that speaks as clamd does (clamd(8), INSTREAM), over a real socket."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Answer = Callable[[bytes], bytes]


def judge(data: bytes) -> bytes:
    """What clamd says of bytes."""
    return b"stream: Test-Word FOUND\0" if b"MALWARE-FOR-TESTS" in data else b"stream: OK\0"


def _read(link: socket.socket, number: int) -> bytes:
    data = b""
    while len(data) < number and (part := link.recv(number - len(data))):
        data += part
    return data


def _served(link: socket.socket, answer: Answer, most: int) -> None:
    with link:
        if _read(link, 10) != b"zINSTREAM\0":
            link.sendall(b"UNKNOWN COMMAND\0")
            return
        data = b""
        while size := struct.unpack(">I", _read(link, 4) or b"\0\0\0\0")[0]:
            data += _read(link, size)
            if len(data) > most:
                link.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        link.sendall(answer(data))


@contextmanager
def listening(place: Path | None, answer: Answer = judge, most: int = 2**30) -> Iterator[str]:
    """The value of FILE_SCANNER while the daemon listens: at a path, or at a port of this machine."""
    server = socket.socket(socket.AF_UNIX if place else socket.AF_INET, socket.SOCK_STREAM)
    server.bind(str(place) if place else ("127.0.0.1", 0))
    server.listen()

    def serve() -> None:
        while True:
            try:
                link, _whence = server.accept()
            except OSError:  # closed: the end
                return
            try:
                _served(link, answer, most)
            except OSError:  # the client hung up
                continue

    worker = threading.Thread(target=serve, daemon=True)
    worker.start()
    try:
        yield f"clamd://{place}" if place else f"clamd://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        worker.join(5)
