"""Ctrl-C, whenever it comes, ends the command in one line."""

from __future__ import annotations

import pytest

from returns903 import __main__, cli


def test_ctrl_c_while_loading_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "returns903: stopped\n"
