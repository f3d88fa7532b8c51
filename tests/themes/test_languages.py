"""A mixed room gets themes about something, not one theme per language."""

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from workshop import themes
from workshop.themes.languages import centred, languages_of

MIXED = {
    "en": ["Nurses visit patients at home.", "A hospital app for patients.", "Doctors share clinical data.",
           "Solar panels on every school roof.", "Cheap solar power for the village.",
           "Wind turbines and solar fields."],
    "de": ["Pflegekräfte besuchen Patienten zu Hause.", "Eine App des Krankenhauses für Patienten.",
           "Ärzte teilen klinische Daten.", "Solaranlagen auf jedem Schuldach.", "Günstiger Solarstrom für das Dorf.",
           "Windräder und Solarfelder."],
    "fr": ["Des infirmières visitent les patients à domicile.", "Une application de l'hôpital pour les patients.",
           "Les médecins partagent des données cliniques.", "Des panneaux solaires sur le toit de chaque école.",
           "De l'énergie solaire bon marché pour le village.", "Des éoliennes et des champs solaires."],
}  # fmt: skip


def test_languages_are_told_apart():
    for language, ideas in MIXED.items():
        assert languages_of(ideas, ("en", "de", "fr")) == [language] * len(ideas)


def test_what_cannot_be_told_is_read_as_what_most_people_write():
    assert languages_of(["Die Pflege besucht die Patienten zu Hause", "😀", "ok"], ("en", "de")) == ["de"] * 3


def test_a_mixed_room_is_grouped_by_subject_and_not_by_language():
    texts = [themes.Text(f"{code}-{place}", idea) for code, ideas in MIXED.items() for place, idea in enumerate(ideas)]
    board = themes.propose(texts, languages=["en", "de", "fr"])
    found = [board.theme_of()[text.id] for text in texts]
    spoken = [text.id[:2] for text in texts]
    subject = [int(text.id[-1]) // 3 for text in texts]
    assert normalized_mutual_info_score(spoken, found) <= 0.15
    assert normalized_mutual_info_score(subject, found) >= 0.4
    assert board.evidence.languages == {text.id: text.id[:2] for text in texts}


def test_centring_takes_the_accent_out_and_leaves_the_subject():
    subject = np.repeat(np.eye(4), 10, axis=0)
    accent = np.zeros((40, 4))
    accent[::2, 3] = 5.0
    spoken = ["fr" if place % 2 == 0 else "en" for place in range(40)]
    rows = centred([subject + accent], spoken)
    within = (rows[:10] @ rows[:10].T).mean()
    assert within > 0.9 > (rows[:10] @ rows[10:].T).mean()
    uncentred = subject + accent
    uncentred /= np.linalg.norm(uncentred, axis=1, keepdims=True)
    assert (uncentred[:10] @ uncentred[:10].T).mean() < within
