"""What Streamlit draws, and what a browser sends back of it."""

from dataclasses import dataclass
from typing import Any

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState

_INPUTS = {"text_input", "text_area", "selectbox", "multiselect", "button_group", "checkbox"}
_KEPT = _INPUTS | {"button", "bidi_component"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """An element on the page: its kind, its message, and the fragment that drew it."""

    kind: str
    proto: Any
    fragment: str

    @classmethod
    def of(cls, element: Element, fragment: str) -> "Drawn":
        kind = element.WhichOneof("type")
        return cls(kind, getattr(element, kind), fragment)

    @property
    def id(self) -> str:
        return str(getattr(self.proto, "id", ""))

    @property
    def kept(self) -> bool:
        """Whether somebody may do something with it."""
        return self.kind in _KEPT

    @property
    def sent(self) -> bool:
        """Whether its value goes along with every run."""
        return self.kind in _INPUTS

    def state(self, typed: Any) -> WidgetState:
        """Its value as a browser sends it; ``typed`` is None as long as nobody touched it."""
        state = WidgetState(id=self.id)
        if self.kind in {"text_input", "text_area"}:
            state.string_value = self.proto.default if typed is None else typed
        elif self.kind == "checkbox":
            state.bool_value = bool(typed)
        elif self.kind in {"multiselect", "button_group"}:
            chosen = (
                [self.proto.options[at].content for at in self.proto.default] if self.kind == "button_group" else []
            )
            state.string_array_value.data.extend(chosen if typed is None else typed)
        elif typed is not None:
            state.string_value = typed
        return state
