// Keeps what is typed into a form of the page, so that a reload, a dead battery or a dead spot loses nothing. It only
// reads the fields; Streamlit owns them. What could not be sent is kept on the phone until it can.

import { post } from "./calls.js";
import { join, query } from "./stream.js";

const PAUSE = 500;
const AFTER_SENDING = 5_000;
const KEPT_HOURS = 12;

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  void root;
  /** @type {any} */
  let component = null;
  let started = false;
  let last = "";
  let timer = 0;
  let saving = false;
  let again = false;
  let leave = () => {};

  const box = () => document.querySelector(`.st-key-${CSS.escape(component.data.container)}`);
  const store = () => `roundtable draft ${query().code} ${component.data.person} ${component.data.slot}`;

  /** What stands in the form, or null when the form is not on the page. */
  const typed = () => {
    const form = box();
    if (!form) return null;
    /** @type {Record<string, any>} */
    const body = {};
    for (const [beginning, name] of Object.entries(component.data.fields)) {
      const widget = form.querySelector(`[class*=" st-key-${CSS.escape(beginning)}_"], [class^="st-key-${CSS.escape(beginning)}_"]`);
      const value = widget && valueOf(widget, component.data.choices[name]);
      if (value === null || value === undefined) continue;
      const [outer, inner] = String(name).split(".");
      if (inner) (body[outer] ??= {})[inner] = value;
      else body[outer] = value;
    }
    return Object.keys(body).length ? body : null;
  };

  const save = async (leaving = false) => {
    clearTimeout(timer);
    const body = typed();
    if (!body) return;
    const text = JSON.stringify(body);
    if (text === last) return;
    remember(body);
    if (saving && !leaving) {
      again = true;
      return;
    }
    saving = true;
    const answer = await post("/live/draft", { person: component.data.person || null, slot: component.data.slot, body }, leaving);
    saving = false;
    if (answer.ok || !answer.lost) {
      last = text;
      if (JSON.stringify(typed()) === text) forget();
    }
    if (again || (!answer.ok && answer.lost)) {
      again = false;
      timer = setTimeout(save, answer.ok ? 0 : 3_000 + Math.random() * 3_000);
    }
  };

  const remember = (/** @type {any} */ body) => {
    try {
      localStorage.setItem(store(), JSON.stringify({ at: Date.now(), body }));
    } catch {
      // Then the server alone keeps it.
    }
  };
  const forget = () => {
    try {
      localStorage.removeItem(store());
    } catch {
      // Nothing was kept.
    }
  };

  /** What this phone kept because the server could not be reached: send it, then let the page fill it in again. */
  const bringBack = async () => {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(store()) ?? "null");
    } catch {
      return;
    }
    if (!kept || Math.abs(Date.now() - kept.at) > KEPT_HOURS * 3_600_000) return;
    if (JSON.stringify(typed()) === JSON.stringify(kept.body)) return;
    const answer = await post("/live/draft", { person: component.data.person || null, slot: component.data.slot, body: kept.body });
    if (!answer.ok) return;
    forget();
    component.setTriggerValue("restored", kept.body);
  };

  // Between the tap on "Send" and the answer nothing is kept: the text is on its way as an idea. Choosing from a list
  // is a click without an input.
  const onTouch = (/** @type {Event} */ event) => {
    if (!(event.target instanceof Element) || !box()?.contains(event.target)) return;
    clearTimeout(timer);
    const sends = event.type === "click" && event.target.closest("[data-testid=stFormSubmitButton] button");
    timer = setTimeout(save, sends ? AFTER_SENDING : PAUSE);
    if (sends) forget();
  };
  const onLeave = () => void save(true);
  for (const kind of ["input", "click", "keyup"]) document.addEventListener(kind, onTouch, true);
  window.addEventListener("pagehide", onLeave);

  return {
    /** @param {any} latest */
    update(latest) {
      component = latest;
      if (started) return;
      started = true;
      leave = join({ code: latest.data.code }, {
        draws: [],
        onConnection: (connection) => { if (connection === "live") save(); },
      });
      last = JSON.stringify(typed());
      bringBack();
    },
    unmount() {
      leave();
      clearTimeout(timer);
      for (const kind of ["input", "click", "keyup"]) document.removeEventListener(kind, onTouch, true);
      window.removeEventListener("pagehide", onLeave);
    },
  };
}

/**
 * What stands in a widget: a text, or from a list the keys of what was chosen.
 * @param {Element} widget
 * @param {Record<string, string> | undefined} choices key by shown name
 */
function valueOf(widget, choices) {
  if (choices) {
    const chosen = [...widget.querySelectorAll("[data-baseweb=tag]")].map((tag) => choices[tag.textContent?.trim() ?? ""]);
    return chosen.filter(Boolean);
  }
  return /** @type {HTMLInputElement | null} */ (widget.querySelector("input, textarea"))?.value;
}
