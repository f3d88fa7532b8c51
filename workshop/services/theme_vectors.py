"""What the models read of the ideas: each text once, kept in the database, if possible before anybody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from uuid import UUID

import numpy as np

from workshop import themes as method
from workshop.domain.event import Event
from workshop.domain.idea import ShownIdea
from workshop.services import clock, shown, turn
from workshop.storage import Database, Session
from workshop.storage import vectors as rows
from workshop.themes import Embedding, Text, Vectors
from workshop.themes.embedders import quick_part


class Stopped(Exception):
    """The reader was told to stop; what it has read is kept."""


def text_of(idea: ShownIdea) -> Text:
    """An idea as the method reads it."""
    return Text(str(idea.id), f"{idea.title}. {idea.pitch}")


def said_everywhere(event: Event) -> tuple[str, ...]:
    """What ideas of this workshop contain whatever they are about: no name for a theme."""
    return (event.title, event.name, *(words for side in event.sides for words in (side.name, side.short)))


def of(db: Database, texts: Sequence[Text]) -> dict[str, Embedding]:
    """Vectors of these texts by all models that do not keep the moderator waiting; fresh ones are kept."""
    known = _known(db, texts)
    found = method.embed(texts, embedder=method.embedder_for(texts, known), known=known)
    _keep(db, {key: vector for key, vector in found.items() if key not in known})
    return found


def quick(session: Session, texts: Sequence[Text]) -> Vectors:
    """Vectors of these texts by the encoder alone: kept ones, and fresh ones at 3 ms each, remembered by this process.

    Nothing is written: what is read because somebody types must not make others wait for their turn to write.
    """
    encoder = quick_part(method.default_embedder())
    known = rows.known(session, method.vector_keys(texts, encoder))
    found = {key: np.frombuffer(packed, dtype=np.float32) for key, packed in known.items()}
    for text in texts:
        key = method.vector_key(text, encoder)
        if key not in found:
            found[key] = _remembered(text.text)
    return found


def read_ahead(db: Database, workshop_id: UUID, *, goes_on: Callable[[], bool]) -> int:
    """Read what is on the board by all models, a few texts at a time; gives how many texts were not read yet.

    Raises Stopped as soon as `goes_on` says no. For the background: 50 ms of one core per idea.
    """
    with db.reading() as session:
        texts = [text_of(idea) for idea in shown.board(session, turn.look(session, workshop_id))]
        kept = rows.kept(session, method.vector_keys(texts))
    new = [text for text in texts if not method.vector_keys([text]) <= kept]

    def told(fresh: Vectors, _done: int, _total: int) -> None:
        if not goes_on():
            raise Stopped
        _keep(db, fresh)

    method.embed(new, told=told)
    return len(new)


def unread(texts: Sequence[Text], found: Vectors) -> int:
    """How many of these texts the best model has still to read."""
    return sum(not method.vector_keys([text]) <= found.keys() for text in texts)


@lru_cache(maxsize=4096)  # 2 kB each: the ideas of a large room
def _remembered(text: str) -> Embedding:
    vector: Embedding = quick_part(method.default_embedder()).embed([text])[0]
    return vector


def _known(db: Database, texts: Sequence[Text]) -> dict[str, Embedding]:
    with db.reading() as session:
        kept = rows.known(session, method.vector_keys(texts))
    return {key: np.frombuffer(packed, dtype=np.float32) for key, packed in kept.items()}


def _keep(db: Database, fresh: Vectors) -> None:
    if fresh:
        packed = {key: vector.astype(np.float32).tobytes() for key, vector in fresh.items()}
        with db.writing() as session:
            rows.keep(session, packed, at=clock.now())
