"""A batch on a Dask cluster of two processes: the same bytes, a killed worker, no worker of another version."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from returns903 import ConfigError, InputError, validate_many
from returns903.batch.cluster import dask_client
from tests.batch.conftest import contents
from tests.cli.conftest import Run, run  # noqa: F401

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def client() -> Iterator[Any]:
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as found:
        found.wait_for_workers(2, timeout=60)
        yield found


def test_the_bytes_are_those_of_this_machine(client: Any, returns: Path, tmp_path: Path) -> None:
    validate_many(returns, output=tmp_path / "here", processes=1, tables=["scorecard"])
    validate_many(returns, output=tmp_path / "there", client=client, tables=["scorecard"])
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def test_a_worker_killed_in_mid_task_costs_nothing(client: Any, returns: Path, tmp_path: Path) -> None:
    """The worker is killed as soon as it is busy; the cluster gives its return to another."""
    killed: list[int] = []

    def kill() -> None:
        pids = dict(client.run(os.getpid))
        end = time.monotonic() + 60
        while not killed and time.monotonic() < end:
            for address, tasks in client.processing().items():
                if tasks and not killed:
                    os.kill(pids[address], signal.SIGKILL)
                    killed.append(pids[address])
            time.sleep(0.005)

    threading.Thread(target=kill, daemon=True).start()
    time.sleep(0.5)
    batch = validate_many(returns, output=tmp_path / "there", client=client)
    assert killed
    assert not batch.failures
    validate_many(returns, output=tmp_path / "here", processes=1)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def _age() -> None:
    from returns903.batch import work

    work.__version__ = "0.0.9"  # type: ignore[attr-defined]


def _lose() -> None:
    """Leave the worker without returns903."""
    for name in [name for name in sys.modules if name.startswith("returns903")]:
        sys.modules[name] = None  # type: ignore[assignment]


def test_a_worker_of_another_version_is_refused_and_named(client: Any, returns: Path, tmp_path: Path) -> None:
    other = sorted(client.nthreads())[1]
    client.run(_age, workers=[other])
    with pytest.raises(ConfigError, match=rf"the worker {other} runs returns903 0\.0\.9: this is returns903 "):
        validate_many(returns, output=tmp_path / "out", client=client)
    assert not list((tmp_path / "out").glob("year=*"))


def test_a_worker_without_the_package_is_refused_and_named(client: Any, returns: Path, tmp_path: Path) -> None:
    other = sorted(client.nthreads())[0]
    client.run(_lose, workers=[other])
    with pytest.raises(ConfigError, match=rf"the worker {other} runs no returns903 of this version"):
        validate_many(returns, output=tmp_path / "out", client=client)


def test_rules_of_ones_own_do_not_travel(client: Any, returns: Path, tmp_path: Path) -> None:
    (tmp_path / "rule.py").touch()
    with pytest.raises(ConfigError):
        validate_many(returns, output=tmp_path / "out", client=client, rules=[tmp_path / "rule.py"])


def test_the_command_takes_the_address(run: Run, client: Any, returns: Path, tmp_path: Path) -> None:  # noqa: F811
    address = client.scheduler.address
    status, out, _ = run("validate --batch", returns, "--output", tmp_path / "out", "--dask", address)
    assert status == 1
    assert "3 returns: 2 with findings, 1 passed." in out


def test_where_nothing_answers_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = distributed.Client
    monkeypatch.setattr(distributed, "Client", lambda address, **given: connect(address, **given | {"timeout": "1s"}))
    with (
        pytest.raises(InputError, match=r"no Dask cluster answers at tcp://127\.0\.0\.1:9"),
        dask_client("tcp://127.0.0.1:9"),
    ):
        pass
