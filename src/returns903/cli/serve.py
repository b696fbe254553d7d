"""The command `serve`: a page on this machine, for people without a command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from returns903.cli.checked import checked
from returns903.cli.options import Force, place, whole_number
from returns903.cli.show import Steps, say
from returns903.errors import ConfigError, told
from returns903.writing import Outputs

if TYPE_CHECKING:
    from returns903.results import Result

PORTS = 65_535


def serve(
    port: Annotated[str | None, typer.Option(metavar="N", help="The port; any that is free otherwise.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser; the address is said.")] = False,
    shortcut: Annotated[
        Path | None,
        typer.Option(
            parser=place, metavar="DIR", help="Make a shortcut to this command in a folder, the desktop say, and end."
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Open a page on which a return is dropped and its report opens. It can be reached from this computer alone.

    Nothing that is dropped is kept. The page has a button to finish; Ctrl-C does so too.

    Exit status: 0 ended, 2 the port cannot be used, or the shortcut cannot be written.
    """
    if shortcut is not None:
        _make_shortcut(shortcut, force)
        return
    from returns903.serving.server import Server
    from returns903.serving.session import Session

    session = Session(_check, told)
    try:
        server = Server(session, whole_number("--port", port, PORTS) or 0)
    except OSError as error:
        msg = f"port {port} cannot be used: {error.strerror}; leave --port out for one that is free"
        raise ConfigError(msg) from None
    say(f"the page is at {server.address}")
    say("it can be reached from this computer alone; end it there, or with Ctrl-C")
    if not no_browser:
        _open(server.address)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("")
    say("ended")


def _check(source: Mapping[str, Any], note: Callable[[str], None]) -> Result:
    return checked(source, {}, _Noted(note))


class _Noted(Steps):
    """What is being done, told to the page."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note

    def __call__(self, step: str) -> None:
        """Begin a step."""
        self._note(step)


def _open(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        say("no browser could be opened: copy the address into one")


def _make_shortcut(folder: Path, force: bool) -> None:
    """A file in a folder that starts `serve` when it is clicked: a batch file, a script, or a desktop entry."""
    started = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "returns903"]), "serve"]
    name, text = shortcut_for(sys.platform, started)
    path = Outputs(force=force).write_file(folder / name, text.encode(), private=False)
    if os.name == "posix":
        path.chmod(0o755)
    say(f"written: {path}; a click on it opens the page")


def shortcut_for(platform: str, words: list[str]) -> tuple[str, str]:
    """The name and the text of a shortcut on a platform."""
    quoted = " ".join(f'"{word}"' if " " in word or os.sep in word else word for word in words)
    if platform == "win32":
        return "Check a return.cmd", f"@echo off\r\ntitle returns903\r\n{quoted}\r\nif errorlevel 1 pause\r\n"
    if platform == "darwin":
        return "Check a return.command", f"#!/bin/sh\nexec {quoted}\n"
    entry = {"Type": "Application", "Name": "Check a return", "Comment": "Check an SSDA903 return on this computer"}
    lines = [f"{key}={value}" for key, value in {**entry, "Exec": quoted, "Terminal": "true"}.items()]
    return "check-a-return.desktop", "\n".join(["[Desktop Entry]", *lines, ""])
