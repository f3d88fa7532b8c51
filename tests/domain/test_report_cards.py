"""The cards of a report: a name stands there exactly where a commitment was confirmed."""

import pytest

from workshop.domain.consortium import Role
from workshop.domain.report_cards import ReportMember


@pytest.mark.parametrize(("confirmed", "name"), [(False, "Ada Ek"), (True, None)])
def test_must_not_happen_a_name_stands_without_its_commitment(confirmed: bool, name: str | None) -> None:
    with pytest.raises(ValueError, match="exactly where its commitment was confirmed"):
        ReportMember("eu", Role.LEAD, confirmed=confirmed, name=name)
