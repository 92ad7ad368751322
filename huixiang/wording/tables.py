"""Titles of the tables that a scheduler's pages show."""

from huixiang.wording.language import b

LEDGER_TABLE = b("台账：每条等式的两边", "the ledger: both sides of every equation")
VERDICT_TABLE = b("验收结论", "verdicts")
