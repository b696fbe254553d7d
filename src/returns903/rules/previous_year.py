"""What must agree with the previous return."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import at_latest, differs, earliest, latest, of_child
from returns903.rules.registry import rule
from returns903.tables import Episodes


def carried_over() -> pl.Expr:
    """The row is the child's earliest episode, and the child's latest episode of last year was still open."""
    last = Episodes.last_year
    return earliest(Episodes) & of_child(last, (latest(last) & last.DEC.is_null()).any())


@rule("503A", flags=Episodes, fields=[Episodes.RNE])
def reason_for_new_episode_changed() -> pl.Expr:
    """The first episode does not repeat the reason for new episode of the one left open last year.

    When: the child's latest episode in the previous return has no readable DEC, and RNE of the child's earliest episode
    this year is not the same; two blanks are the same.

    Why: an episode that runs over 31 March is one episode in two returns.

    Fix: correct RNE of this episode, or ask for last year's return to be corrected.
    """
    return carried_over() & differs(Episodes.RNE, at_latest(Episodes.last_year.RNE))
