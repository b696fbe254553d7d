"""A pytest plugin for runs of which only the end counts: what fails is not made smaller."""

from __future__ import annotations

from hypothesis import Phase, settings


def pytest_configure() -> None:
    phases = [Phase.explicit, Phase.generate]
    settings.register_profile("unshrunk", settings.get_profile("repeatable"), phases=phases)
    settings.load_profile("unshrunk")
