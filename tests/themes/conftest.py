"""Rooms to group: ideas of our own about four subjects, and a small embedder that needs no weights."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from workshop import themes

IDEAS = {
    "hydrogen": [
        "Hydrogen trucks between ports. Fuel cell lorries with shared refuelling stations on both coasts.",
        "Green hydrogen corridor. Electrolysers beside offshore wind feed a hydrogen pipeline to the harbour.",
        "Fuel cell test bench. Two laboratories test the same fuel cell stacks and compare their ageing.",
        "Hydrogen safety school. A common course on handling hydrogen and refuelling for technicians.",
        "Cheap electrolysers. Membranes without rare metals make hydrogen from surplus wind power.",
        "Hydrogen buses. City buses with fuel cells, bought together to lower the price.",
        "Ammonia as hydrogen carrier. Ship hydrogen as ammonia and crack it at the refuelling station.",
        "Storage of hydrogen in salt caverns. Map caverns that could hold hydrogen for the winter.",
    ],
    "health": [
        "Remote care for patients at home. Nurses follow chronic patients by video and simple sensors.",
        "Hospital data that may travel. Clinical trials share patient data without showing names.",
        "Early diagnosis of heart disease. A wearable sensor warns patients and their doctors.",
        "Nurse exchange. Nurses from hospitals on both sides swap wards for three months.",
        "Faster clinical trials. One ethics form for patients in hospitals of two countries.",
        "Diabetes coach. An app helps diabetes patients and tells the doctor when therapy should change.",
        "Medicine for rare diseases. Hospitals pool the few patients they have for a clinical study.",
        "Hospital beds in one view. Emergency doctors see free hospital beds in the region.",
    ],
    "farming": [
        "Robots that weed. Small field robots remove weeds so that farmers spray less.",
        "Soil sensors for farmers. Cheap soil moisture sensors tell farmers when to water their crops.",
        "Crops for dry summers. Farmers test drought tolerant crops on twenty fields.",
        "Less fertiliser. Drones map the field so that farmers put fertiliser only where crops need it.",
        "Vertical farms. Salad and herbs grow in empty halls with a tenth of the water of a field.",
        "Bees and orchards. Fruit farmers share bee hives and sow flowers between their crops.",
        "Milk from happy cows. Collars tell dairy farmers when a cow in the herd falls ill.",
        "Compost ring. Farmers take food waste of the town as compost for their soil.",
    ],
    "training": [
        "Apprentices abroad. Apprentices spend one term with a partner company of another country.",
        "Cyber security classes. Students and employees train together against a staged attack.",
        "Welding in virtual reality. Trainees learn welding with glasses before they touch metal.",
        "Teachers in factories. Vocational teachers spend a week in a company to renew their lessons.",
        "Certificates that count everywhere. One skills certificate that employers of both sides accept.",
        "Evening school for engineers. Short university courses in the evening for working engineers.",
        "Language tandem at work. Employees of partner companies learn each other's language online.",
        "Girls build machines. A summer school where girls of the region build machines with students.",
    ],
}


@dataclass(frozen=True)
class WordCounter:
    """An embedder for rooms where only shared words matter: every word points into a direction of its own."""

    name: str = "word-counter/1"
    width: int = 48

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), self.width), dtype=np.float32)
        for place, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                rows[place] += np.random.default_rng(_number(word)).normal(size=self.width)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.where(norms > 0, norms, 1)


def _number(word: str) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")


@pytest.fixture(scope="session")
def subjects() -> dict[str, str]:
    """The subject of each idea, by id."""
    return {f"{subject}-{place}": subject for subject, ideas in IDEAS.items() for place in range(len(ideas))}


@pytest.fixture(scope="session")
def texts() -> list[themes.Text]:
    """32 ideas about four subjects."""
    return [
        themes.Text(f"{subject}-{place}", idea) for subject, ideas in IDEAS.items() for place, idea in enumerate(ideas)
    ]


@pytest.fixture(scope="session")
def board(texts: list[themes.Text]) -> themes.Board:
    """What the default pipeline makes of the 32 ideas."""
    return themes.propose(texts, languages=["en"])


@pytest.fixture(scope="session")
def counter() -> WordCounter:
    return WordCounter()
