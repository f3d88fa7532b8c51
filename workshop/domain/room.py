"""Who and what is in the room: frozen views of a workshop, its tables and its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workshop.domain.event import Anonymity, Event
from workshop.domain.steps import StepState


@dataclass(frozen=True, slots=True)
class WorkshopView:
    """A running workshop: its event, its codes and where its run of show stands."""

    id: UUID
    code: str
    join_token: str
    event: Event
    rehearsal: bool
    anonymity: Anonymity
    created_at: datetime
    state: StepState
    log_head: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table in the room. ``seated`` is the number of people who joined at it, ``by_side`` splits it."""

    id: UUID
    number: int
    name: str
    seated: int
    by_side: dict[str, int]


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as the room knows them. ``organisation`` is empty when none was given."""

    id: UUID
    name: str
    organisation: str
    side: str
    sectors: tuple[str, ...]
    table_id: UUID | None
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Headcount:
    """Who has joined, by side, for the wall and the desk."""

    people: int
    by_side: dict[str, int]
