"""Faults that break lawful returns: one for every rule, and general kinds, each saying where it strikes.

>>> from returns903.testing import faults
>>> fault = faults.for_rule("184", "2024-25")[0]
>>> broken, rows = fault.apply(ret)  # doctest: +SKIP
>>> rows  # doctest: +SKIP
{'Episodes': [12], 'Header': [4]}
"""

from returns903.testing.faults.broken import Broken
from returns903.testing.faults.general import ABSURD, KINDS, GeneralFault
from returns903.testing.faults.of_rules import RuleFault, for_rule, for_year

__all__ = ["ABSURD", "KINDS", "Broken", "GeneralFault", "RuleFault", "for_rule", "for_year"]
