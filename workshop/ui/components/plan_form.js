// What comes next on a card, and when. Two people may write at once: what somebody else has saved stands beside what is
// typed here, and nothing that is typed is lost. An unsaved text is kept on this phone until it is saved.

import { find, make, set, show, write } from "./dom.js";
import { planOf } from "./taken_on.js";

/** @typedef {import("./taken_on.js").TakenOn} TakenOn @typedef {{next_step: string, due: string, seen: number}} Draft */

const PLACE = "roundtable plan ";

/** @returns {HTMLElement} */
export function makePlan() {
  return make("form", { class: "plan" }, [
    make("label", {}, ["Next step", make("textarea", { rows: "2", maxlength: "200" })]),
    make("label", {}, ["Date", make("input", { type: "date" })]),
    make("div", { class: "beside", role: "status", hidden: "" }, [
      make("p", { class: "theirs" }),
      make("button", { type: "button", class: "take-theirs", text: "Take theirs" }),
    ]),
    make("button", { type: "submit", class: "publish", text: "Save next step" }),
    make("p", { class: "quiet saved", role: "status" }),
  ]);
}

/** @param {HTMLElement} form @param {any} card @param {TakenOn} mine @param {string} today */
export function drawPlan(form, card, mine, today) {
  const text = /** @type {HTMLTextAreaElement} */ (find(form, "textarea"));
  const due = /** @type {HTMLInputElement} */ (find(form, "input"));
  const place = `${PLACE}${card.id} ${mine.person.id}`;
  const saved = { next_step: card.next_step, due: card.due ?? "", seen: card.version };
  const waiting = mine.now(`plan ${card.id}`, null);
  let draft = read(place);
  if (draft && same(draft, saved) && !waiting) draft = keep(place, null); // saved, here or by somebody else
  const shown = draft ?? saved;
  if (form.getAttribute("data-place") !== place || (!draft && !form.contains(/** @type {any} */ (form.getRootNode()).activeElement))) {
    text.value = shown.next_step;
    due.value = shown.due;
  }
  set(form, "data-place", place);
  set(due, "min", today);
  const others = Boolean(draft && card.version !== draft.seen && !waiting);
  write(find(form, ".theirs"), `Somebody on this card has written meanwhile: ${planOf(card) || "nothing"}. Yours is still here.`);
  show(find(form, ".beside"), others);
  const button = find(form, ".publish");
  write(button, others ? "Save mine instead" : "Save next step");
  show(button, Boolean(draft));
  write(find(form, ".saved"), waiting ? "Saving" : draft ? "Not saved yet" : planOf(card) ? "Saved. Everybody on this card can change it." : "");

  const typed = () => {
    const before = read(place);
    keep(place, { next_step: text.value, due: due.value, seen: before?.seen ?? card.version });
    mine.changed();
  };
  text.oninput = typed;
  due.oninput = typed;
  /** @type {HTMLElement} */ (find(form, ".take-theirs")).onclick = () => {
    keep(place, null);
    text.value = saved.next_step;
    due.value = saved.due;
    mine.changed();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    if (!read(place)) return;
    const wanted = { next_step: text.value, due: due.value, seen: others ? card.version : (read(place)?.seen ?? card.version) };
    keep(place, wanted);
    mine.say(`plan ${card.id}`, wanted);
  };
}

/** @param {Draft} one @param {Draft} other */
function same(one, other) {
  return one.next_step.trim() === other.next_step && one.due === other.due;
}

/** @type {Map<string, Draft>} for private windows, which keep nothing */
const held = new Map();

/** @param {string} place @returns {Draft | null} */
function read(place) {
  if (held.has(place)) return held.get(place) ?? null;
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} place @param {Draft | null} draft @returns {null} */
function keep(place, draft) {
  try {
    if (draft) {
      held.set(place, draft);
      localStorage.setItem(place, JSON.stringify(draft));
    } else {
      held.delete(place);
      localStorage.removeItem(place);
    }
  } catch {
    // A reload loses the text then; until that it stands in the form.
  }
  return null;
}
