// Keeps what is typed into a form of the page, so that a reload, a dead battery or a dead spot loses nothing. It only
// reads the fields; Streamlit owns them. What could not be sent is kept on the phone until it can.

import { post } from "./calls.js";
import { watchSending } from "./sending.js";
import { watchSimilar } from "./similar.js";
import { join, query } from "./stream.js";

const PAUSE = 500;
const AFTER_SENDING = 5_000;
const KEPT_HOURS = 12;

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  /** @type {any} */
  let component = null;
  let form = ""; // which form this is; another person's, or another idea's, begins anew
  let sent = "";
  let arrived = "";
  let last = "";
  let timer = 0;
  let saving = false;
  let again = false;
  let quietUntil = performance.now() + 1_000;
  let leave = () => {};
  /** @type {ReturnType<typeof watchSimilar> | null} */
  let similar = null;

  const box = () => document.querySelector(`.st-key-${CSS.escape(component.data.container)}`);
  const sending = watchSending(root, () => component && box());
  const store = () => `roundtable draft ${query().code} ${component.data.person} ${component.data.slot}`;

  /** What stands in the form, or null when the form is not on the page. */
  const typed = () => {
    const fields = box();
    if (!fields) return null;
    /** @type {Record<string, any>} */
    const body = {};
    for (const [name, key] of Object.entries(component.data.fields)) {
      const widget = fields.querySelector(`.st-key-${CSS.escape(String(key))}`);
      const value = widget && valueOf(widget, component.data.choices[name]);
      if (value === null || value === undefined) continue;
      const [outer, inner] = name.split(".");
      if (inner) (body[outer] ??= {})[inner] = value;
      else body[outer] = value;
    }
    return Object.keys(body).length ? body : null;
  };

  /** What is compared with other ideas. @returns {import("./similar.js").Written | null} */
  const written = () => {
    const body = typed();
    const [, idea] = component.data.slot.split(":");
    return body && { person: component.data.person || null, idea: idea || null, title: body.title ?? "", pitch: body.pitch ?? "" };
  };

  const save = async (leaving = false) => {
    clearTimeout(timer);
    const body = typed();
    if (!body) return;
    const text = JSON.stringify(body);
    if (text === last || (last === "" && !saysAnything(body))) return;
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
      const wait = answer.ok ? 0 : 3_000 + Math.random() * 3_000;
      again = false;
      quietUntil = performance.now() + wait;
      timer = setTimeout(save, wait);
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

  /** A form that nobody has typed into yet. @param {boolean} wasSent whether what stood in it has become an idea */
  const begin = (wasSent) => {
    clearTimeout(timer);
    quietUntil = performance.now() + 1_000;
    again = false;
    similar?.begin();
    if (wasSent) forget();
    last = "";
    // Streamlit draws the fields after this component has run; somebody may have begun to type even before.
    setTimeout(() => { if (!box()?.contains(document.activeElement)) last = JSON.stringify(typed()); }, 300);
    if (!wasSent) bringBack();
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
    quietUntil = performance.now() + (sends ? AFTER_SENDING : PAUSE);
    timer = setTimeout(save, sends ? AFTER_SENDING : PAUSE);
    if (sends) {
      forget();
      sending.tapped();
    } else {
      similar?.touched();
    }
  };
  // Dictation and autofill cause no event that we could rely on.
  const look = () => {
    sending.look();
    similar?.look();
    document.documentElement.dataset.typed = saysAnything(typed()) ? "yes" : "no";
    if (!saving && performance.now() > quietUntil) save();
  };
  const looking = setInterval(look, 1_000);
  const onLeave = () => void save(true);
  for (const kind of ["input", "click", "keyup"]) document.addEventListener(kind, onTouch, true);
  window.addEventListener("pagehide", onLeave);

  return {
    /** @param {any} latest */
    update(latest) {
      component = latest;
      const { person, slot, fields } = latest.data;
      const now = JSON.stringify([person, slot, fields]);
      // A new session of the page (the phone slept, the server was started again) has sent nothing yet: not a change.
      const wasSent = form !== "" && latest.data.sent !== "" && latest.data.sent !== sent;
      sent = latest.data.sent;
      if (arrived !== latest.data.arrived) sending.arrived();
      arrived = latest.data.arrived;
      if (now === form && !wasSent) return;
      if (!form) {
        leave = join({ code: latest.data.code }, {
          draws: [],
          onConnection: (connection) => { if (connection === "live" && form) save(); },
        });
        if (latest.data.similar) similar = watchSimilar(root, latest.data.code, written);
      }
      form = now;
      begin(wasSent);
    },
    unmount() {
      leave();
      sending.end();
      similar?.end();
      clearTimeout(timer);
      clearInterval(looking);
      delete document.documentElement.dataset.typed;
      for (const kind of ["input", "click", "keyup"]) document.removeEventListener(kind, onTouch, true);
      window.removeEventListener("pagehide", onLeave);
    },
  };
}

/** @param {any} value @returns {boolean} */
function saysAnything(value) {
  if (typeof value === "string") return value.trim() !== "";
  return Object.values(value ?? {}).some(saysAnything);
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
