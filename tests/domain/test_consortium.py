"""When a consortium card is ready, and what it still needs, in plain words and for any number of sides."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from workshop.domain import consortium
from workshop.domain.consortium import Card, Member, Plan, Role
from workshop.domain.event import Side
from workshop.errors import Invalid

EU = Side("eu", "European Union", "EU", "#0072B2", "circle")
US = Side("us", "United States", "US", "#D55E00", "square")
TOWN = Side("town", "Town", "Town", "#009E73", "triangle")
TODAY = date(2027, 3, 1)


def a_member(side: str, role: Role = Role.LEAD, organisation: str = "Port", *, owner: bool = False) -> Member:
    return Member(uuid4(), "Ada", organisation, side, role, owner)


def a_card(*members: Member, plan: Plan = Plan("Meet", TODAY, 1)) -> Card:  # noqa: B008  frozen
    return Card(uuid4(), 14, "Hydrogen barges", members, plan)


def test_a_card_with_a_lead_of_each_side_a_next_step_and_a_date_is_ready() -> None:
    assert consortium.missing(a_card(a_member("eu"), a_member("us")), (EU, US)) == ()


def test_an_empty_card_needs_everything_in_plain_words() -> None:
    assert consortium.missing(a_card(plan=Plan()), (EU, US)) == ("an EU lead", "a US lead", "a next step", "a date")


def test_every_side_of_the_event_counts_however_many_there_are() -> None:
    card = a_card(a_member("eu"), a_member("us"))
    assert consortium.missing(card, (EU, US, TOWN)) == ("a Town lead",)


def test_a_partner_is_no_lead_but_the_owner_whom_the_desk_named() -> None:
    partner = a_member("us", Role.PARTNER)
    assert consortium.missing(a_card(a_member("eu"), partner), (EU, US)) == ("a US lead",)
    named = a_card(a_member("eu"), replace(partner, owner=True))
    assert consortium.missing(named, (EU, US)) == ()
    assert named.owner("us") == named.members[1]


def test_a_named_owner_stands_before_the_lead() -> None:
    lead, partner = a_member("eu"), a_member("eu", Role.PARTNER, owner=True)
    assert a_card(lead, partner).owner("eu") == partner
    assert a_card(lead).owner("eu") == lead


def test_people_who_named_no_organisation_do_not_stand_for_one() -> None:
    card = a_card(a_member("eu"), a_member("us", organisation=""))
    assert consortium.missing(card, (EU, US)) == ("a US organisation",)


@pytest.mark.parametrize(
    ("short", "article"), [("EU", "an"), ("US", "a"), ("UK", "a"), ("NL", "an"), ("Town", "a"), ("Ohio", "an")]
)
def test_the_article_is_the_one_that_people_say(short: str, article: str) -> None:
    assert consortium.article(short) == article


def test_a_new_date_may_be_today_and_not_yesterday_and_one_that_stands_may_have_passed() -> None:
    yesterday = date(2027, 2, 28)
    assert consortium.checked(" Meet ", TODAY, before=Plan(), today=TODAY) == Plan("Meet", TODAY)
    with pytest.raises(Invalid, match="has passed"):
        consortium.checked("Meet", yesterday, before=Plan(), today=TODAY)
    stands = Plan("Meet", yesterday, 3)
    assert consortium.checked("Meet again", yesterday, before=stands, today=TODAY).next_step == "Meet again"


def test_a_next_step_has_200_characters_and_a_blank_one_is_none() -> None:
    with pytest.raises(Invalid, match="201 characters; 200 fit"):
        consortium.checked("x" * 201, None, before=Plan(), today=TODAY)
    assert consortium.checked("\u2800", None, before=Plan(), today=TODAY).next_step == ""


def test_a_day_is_read_as_year_month_day() -> None:
    assert (consortium.read_day(""), consortium.read_day("2027-03-01")) == (None, TODAY)
    with pytest.raises(Invalid, match="year-month-day"):
        consortium.read_day("03/01/2027")
