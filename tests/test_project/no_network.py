"""Runs commands one after the other in a process that may speak to this machine only: python no_network.py JSON…

Each JSON is the list of one command's arguments; the first that fails ends the process. Any other address, and any
look-up of a host name, ends it with exit code 97 after naming it, so that neither a caught exception nor a retry can
hide it.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from typing import Any

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104  (recognised, not bound)


def refuse(what: object) -> None:
    os.write(2, f"network: tried to reach {what}\n".encode())
    os._exit(97)


def guard(event: str, args: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            refuse(address)
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"} and args[0] is not None:
        host = args[0].decode() if isinstance(args[0], bytes) else str(args[0])
        if host != socket.gethostname() and host and not host.startswith(LOOPBACK):
            refuse(host)


if __name__ == "__main__":
    sys.addaudithook(guard)
    from ui.cli import main

    for command in sys.argv[1:]:
        try:
            main(json.loads(command))
        except SystemExit as left:
            if left.code:
                raise
