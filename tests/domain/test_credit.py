"""Credit: what each level of anonymity shows, and how it reads."""

from __future__ import annotations

import pytest

from workshop.domain.credit import NOBODY, Credit, credit_at, line_of
from workshop.domain.event import Anonymity

ANA = Credit(table="Table 4", author="Ana", organisation="Cleantech Hub")


@pytest.mark.parametrize(
    ("level", "shown", "line"),
    [
        (Anonymity.ANONYMOUS, NOBODY, ""),
        (Anonymity.TABLE_TAG, Credit(table="Table 4"), "Table 4"),
        (Anonymity.NAMED, ANA, "Ana, Cleantech Hub"),
    ],
)
def test_a_level_shows_no_more_than_it_promises(level: Anonymity, shown: Credit, line: str) -> None:
    assert credit_at(level, ANA) == shown
    assert shown.line == line
    assert credit_at(level, shown) == shown, "showing twice shows no more"


def test_every_level_is_decided() -> None:
    assert {level: credit_at(level, ANA).author for level in Anonymity} == {
        Anonymity.ANONYMOUS: None,
        Anonymity.TABLE_TAG: None,
        Anonymity.NAMED: "Ana",
    }


@pytest.mark.parametrize(
    ("credit", "line"),
    [
        (Credit("Table 4", "Ana", None), "Ana"),
        (Credit("Table 4", None, None), "Table 4"),
        (Credit(None, None, "Hub"), "Hub"),
        (NOBODY, ""),
    ],
)
def test_a_credit_reads_well_whatever_is_known(credit: Credit, line: str) -> None:
    assert credit.line == line


def test_several_credits_are_named_once_each() -> None:
    assert line_of((ANA, NOBODY, Credit("Table 1"), ANA)) == "Ana, Cleantech Hub · Table 1"
