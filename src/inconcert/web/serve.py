"""`serve`: the workbench as a server on 127.0.0.1, until it is interrupted."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from inconcert.case import open_case
from inconcert.errors import InputError
from inconcert.web.app import application
from inconcert.web.rendering import path
from inconcert.web.warm import warm

HOST = "127.0.0.1"
PORT = 8360


def serve(
    case: Path | None = None, *, port: int = PORT, opens: bool = True, started: Callable[[str], object] = print
) -> None:
    """Serve until Ctrl-C. case: the one case served; without it those in the working directory.

    port: on 127.0.0.1, 0 for any that is free.   opens: in the user's browser.   started: told the address once the port is ours.
    CaseError when `case` is none; InputError when the port is taken.
    """
    if case is not None:
        root, only = open_case(case.resolve()).path.parent, case.resolve().name
    else:
        root, only = Path.cwd(), None
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
            listening.listen()  # whoever comes before the server runs waits instead of being refused
        except OSError as error:
            raise InputError(
                f"Port {port} cannot be used: {error.strerror}. Name another one: --port {port + 1}"
            ) from error
        taken = listening.getsockname()[1]
        app = application(root, port=taken, only=only)
        threading.Thread(target=warm, args=(app.state.workbench,), name="warm", daemon=True).start()
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,  # there is no proxy: whoever sends these headers makes them up
                timeout_graceful_shutdown=3,
            )
        )
        url = f"http://{HOST}:{taken}{path(only) if only else '/'}"
        started(url)
        if opens:
            webbrowser.open(url)
        server.run(sockets=[listening])
