"""Three replicas on PostgreSQL behind the nginx that we ship: a room that goes on when one of them is gone."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlmodel import func, select

from tests.live import page, roaming
from tests.live.replicas import Replica, Replicated, replicated
from tests.live.roaming import Roaming
from tests.live.served import Phone
from workshop.domain.event import StepKind
from workshop.services import room_links, votes
from workshop.storage.tables import Vote

pytestmark = pytest.mark.xdist_group("replicas")

PHONES = 24
BACK_SECONDS = 10  # we promise 5; a machine that tests is busy


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, new_pg_url: Callable[[], str]) -> Iterator[Replicated]:
    with replicated(tmp_path_factory.mktemp("replicas"), new_pg_url()) as house:
        yield house


@pytest.fixture(scope="module")
def phones(house: Replicated) -> list[Phone]:
    sides = [side.key for side in house.room.view.event.sides]
    return [house.room.phone(f"P{n}", side=sides[n % 2], table=n % 10) for n in range(PHONES)]


@pytest.fixture(scope="module")
def homes(house: Replicated, phones: list[Phone]) -> dict[str, Replica]:
    """The replica of each device, while all of them run."""
    return {phone.device: house.of(phone) for phone in phones}


def test_a_browser_stays_with_its_replica_and_each_replica_has_some(
    house: Replicated, phones: list[Phone], homes: dict[str, Replica]
) -> None:
    assert {phone.device: house.of(phone) for phone in phones[:6]}.items() <= homes.items()
    assert {replica.port for replica in homes.values()} == {replica.port for replica in house.replicas}


def test_a_step_opened_on_one_replica_is_heard_on_all(
    house: Replicated, phones: list[Phone], homes: dict[str, Replica]
) -> None:
    """The moderator's browser opens its link, its desk on a websocket, and presses the button."""
    link = room_links.fresh(house.room.house.db, house.room.view, house.room.house.settings).moderator
    with httpx.Client(base_url=house.address, headers={"origin": house.address}) as moderator:
        assert moderator.get("/").status_code == 200
        assert moderator.post(urlsplit(link).path).headers["location"] == "/desk"
        cookies = dict(moderator.cookies)

    async def play() -> list[str]:
        async with AsyncExitStack() as open_now:
            listeners = [Roaming(phone) for phone in _one_of_each(phones, homes)]
            await open_now.enter_async_context(roaming.listening(listeners))
            desk = await open_now.enter_async_context(page.opened(house.address, "desk", cookies=cookies))
            await desk.press("Open next step")
            heard = [
                await listener.hears("room", lambda room: room["step"]["kind"] == "warm_up") for listener in listeners
            ]
            return [room["step"]["title"] for room in heard]

    assert len(set(asyncio.run(play()))) == 1


def test_when_a_replica_is_killed_during_voting_nothing_is_lost_and_nobody_stays_away(
    house: Replicated, phones: list[Phone], homes: dict[str, Replica]
) -> None:
    ideas = _let_them_vote(house, phones)
    doomed = house.replicas[1]
    voters, wall = [Roaming(phone) for phone in phones], Roaming(_wall_of(house, doomed), role="staff")

    async def play() -> float:
        async with roaming.listening([*voters, wall]):
            early = [asyncio.create_task(_votes(voter, ideas)) for voter in voters[::2]]
            await asyncio.sleep(0.5)
            doomed.kill()
            killed_at = time.monotonic()
            await asyncio.gather(*early, *(_votes(voter, ideas) for voter in voters[1::2]))
            await wall.hears("turnout", lambda turnout: turnout["voted"] == PHONES)
            await asyncio.gather(*(voter.is_live() for voter in voters))
            return killed_at

    killed_at = asyncio.run(play())
    moved = {voter.phone.device for voter in voters if voter.gaps_since(killed_at - 1)}
    assert moved == {device for device, home in homes.items() if home is doomed}, "others had no reason to move"
    gaps = [gap for voter in [*voters, wall] for gap in voter.gaps_since(killed_at - 1)]
    assert all(gap.why == "broken" and gap.seconds < BACK_SECONDS for gap in gaps), gaps
    assert wall.gaps, "the wall was on the replica that died"
    _counted_as_acknowledged(house, voters)


def test_a_page_that_comes_back_to_another_replica_starts_from_its_cookie(house: Replicated) -> None:
    """Its session died with the replica; what it says about it means nothing to the others."""
    wall = _wall_of(house)

    async def draw() -> tuple[str, str]:
        query, cookies = f"code={house.room.view.code}", wall.cookies
        async with page.opened(house.address, "wall", query=query, cookies=cookies, session="died-with-it") as again:
            return again.session, again.drawn

    session, drawn = asyncio.run(draw())
    assert session != "died-with-it"
    assert house.room.view.code in drawn


def test_the_replica_that_is_back_gets_its_phones_again(
    house: Replicated, phones: list[Phone], homes: dict[str, Replica]
) -> None:
    back = house.replicas[1]
    back.start()
    back.wait()
    assert {phone.device: house.of(phone) for phone in phones[:12]}.items() <= homes.items()


def test_replicas_that_are_restarted_one_by_one_lose_nothing(house: Replicated, phones: list[Phone]) -> None:
    ideas = [str(idea.id) for idea in votes.ballot(house.room.house.db, _badge(phones[0])).ideas]
    voters, first, second = [Roaming(phone) for phone in phones], house.replicas[0], house.replicas[2]

    async def play() -> None:
        async with roaming.listening(voters):
            voting = [asyncio.create_task(_votes_on(voter, ideas)) for voter in voters[::2]]
            await asyncio.to_thread(first.stop)
            first.start()
            await asyncio.to_thread(first.wait)
            await asyncio.to_thread(second.stop)  # whether it comes back is known from the first
            for task in voting:
                task.cancel()
            await asyncio.gather(*voting, return_exceptions=True)
            await asyncio.gather(*(_votes(voter, ideas) for voter in voters))
            await asyncio.gather(*(voter.is_live() for voter in voters))

    asyncio.run(play())
    gaps = [gap for voter in voters for gap in voter.gaps]
    assert gaps
    assert all(gap.why == "again" and gap.seconds < BACK_SECONDS for gap in gaps), gaps
    assert sum(voter.sent_again for voter in voters) == 0, "nginx repeats what a stopping replica does not take"
    _counted_as_acknowledged(house, voters)


def test_no_log_knows_who_asked_or_with_which_link(house: Replicated, phones: list[Phone]) -> None:
    token = "V3ry-s3cret_t0ken-of-22"
    for path in (f"/r/{token}", f"/p/{token}", f"/j/{token}", f"//r/{token}", f"/{token}", f"/wall?code={token}"):
        httpx.get(
            house.address + path, headers={"user-agent": "one of a kind", "referer": f"{house.address}/r/{token}"}
        )
    written = "".join(log.read_text(encoding="utf-8") for log in Path(house.folder).rglob("*.log"))
    secrets = [token, "one of a kind", phones[0].device, house.room.view.join_token, "code="]
    assert [secret for secret in secrets if secret in written] == []
    assert re.search(r" GET /r 404 .* replica 127\.0\.0\.1:.* 404\n", written)


def _one_of_each(phones: list[Phone], homes: dict[str, Replica]) -> list[Phone]:
    return list({homes[phone.device].port: phone for phone in phones}.values())


def _wall_of(house: Replicated, replica: Replica | None = None) -> Phone:
    """A wall, on this replica if one is wanted."""
    while True:
        wall = house.room.stranger()
        if replica is None or house.of(wall) is replica:
            return wall


def _let_them_vote(house: Replicated, phones: list[Phone]) -> list[str]:
    house.room.open_step(StepKind.WRITE)
    ideas = [phone.write(f"Idea of table {n}") for n, phone in enumerate(phones[:8])]
    house.room.open_step(StepKind.SHARE)
    for phone, idea in zip(phones, ideas, strict=False):
        phone.publish(idea)
    house.room.open_step(StepKind.VOTE)
    return [str(idea) for idea in ideas]


async def _votes(voter: Roaming, ideas: list[str]) -> None:
    """Take all dots back, give some, change one's mind, and end with three dots on two ideas."""
    first, second = random.sample(ideas, 2)
    for idea in ideas:
        await voter.gives(idea, 0)
    for idea, dots in ((first, 2), (second, 2), (second, 1), (first, 0), (first, 2)):
        await voter.gives(idea, dots)
        await asyncio.sleep(0.1)


async def _votes_on(voter: Roaming, ideas: list[str]) -> None:
    while True:
        await _votes(voter, ideas)
        await asyncio.sleep(random.uniform(0.2, 0.6))


def _counted_as_acknowledged(house: Replicated, voters: list[Roaming]) -> None:
    """What each phone was told is what its ballot says, and what all ballots say is what is counted."""
    db, given = house.room.house.db, 0
    for voter in voters:
        ballot = votes.ballot(db, _badge(voter.phone))
        kept = {str(idea): dots for idea, dots in ballot.dots.items() if dots}
        assert kept == voter.acknowledged
        assert ballot.used == sum(kept.values()) == 3
        given += ballot.used
    with db.reading() as session:
        assert session.exec(select(func.sum(Vote.dots))).one() == given == 3 * PHONES


def _badge(phone: Phone):
    assert phone.badge
    return phone.badge
