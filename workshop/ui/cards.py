"""Cards: an idea as text for people who sit in front of it. Everything is escaped."""

from __future__ import annotations

from markupsafe import Markup

from workshop.domain.credit import line_of
from workshop.domain.event import Event
from workshop.domain.idea import ShownIdea

_CARD = Markup(
    '<article class="rt-idea"><p class="rt-idea-head"><b>#{number}</b> {chips}<span class="rt-note">{note}</span></p>'
    '<h3 class="rt-idea-title">{title}</h3>{body}</article>'
)
_LINE = Markup('<p class="rt-idea-line"><b>{}</b> {}</p>')
_TEXT = Markup('<p class="rt-idea-pitch">{}</p>')


def idea(shown: ShownIdea, event: Event, *, note: str = "") -> Markup:
    """Number, side, title, pitch, what each side brings, what is needed, sectors and credit."""
    side = event.side(shown.side)
    lines = [(f"{each.short} brings", shown.brings.get(each.key, "")) for each in event.sides]
    lines += [
        ("Still needed", shown.still_needed),
        ("Sectors", ", ".join(event.sector(key).name for key in shown.sectors)),
        ("Merged from", ", ".join(f"#{original.number}" for original in shown.originals)),
        ("From", line_of(shown.credits)),
    ]
    body = _TEXT.format(shown.pitch) if shown.pitch else Markup("")
    body += Markup("").join(_LINE.format(name, text) for name, text in lines if text)
    return _CARD.format(
        number=shown.number,
        chips=Markup(
            '<span class="rt-chip"><i class="rt-shape rt-shape-{}" style="background:{}"></i>{}</span>'
        ).format(side.shape, side.colour, side.short),
        note=f"{note}{', late' if shown.late else ''}",
        title=shown.title,
        body=body,
    )
