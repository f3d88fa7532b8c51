// Rate: the few ideas that this person was dealt, each with two rows of marks.

import { makeCard } from "./cards.js";
import { find, make, set } from "./dom.js";
import { judging } from "./judging.js";
import { answered, marksOf } from "./marks.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./marks.js").Marks} Marks */

const MARKS = [1, 2, 3, 4, 5];
const SCALES = [
  { key: "impact", label: "Impact", low: "changes little", high: "changes a lot" },
  { key: "feasibility", label: "Feasibility", low: "hard to do", high: "easy to do" },
];

/** @param {Stage} stage @returns {View} */
export const rating = (stage) => judging(stage, {
  question: "Who is rating now?",
  right: "rate",
  of: marksOf,
  waiting: "Your ideas are on their way.",
  nothing: "There is no idea for you to rate.",
  closed: "Rating is closed. What you said counts.",
  newCard,
  drawOwn: drawMarks,
  left: (marks, ideas) => (ideas ? `${marks.answered} of ${ideas} rated` : ""),
  begun: (marks) => marks.answered,
});

/** @returns {HTMLElement} */
function newCard() {
  const card = makeCard();
  for (const { key, label, low, high } of SCALES) {
    const buttons = MARKS.map((mark) => make("button", { type: "button", "data-mark": mark, text: String(mark) }));
    find(card, ".actions").append(make("div", { class: "scale", role: "group", "data-scale": key }, [
      make("span", { class: "name", text: label }),
      make("div", { class: "marks" }, buttons),
      make("span", { class: "ends", "aria-hidden": "true" }, [make("span", { text: `1 ${low}` }), make("span", { text: `5 ${high}` })]),
    ]));
  }
  find(card, ".actions").append(make("button", { type: "button", class: "pass", text: "I cannot judge this" }));
  return card;
}

/** @param {HTMLElement} card @param {any} idea @param {Marks} marks @param {boolean} open */
function drawMarks(card, idea, marks, open) {
  const said = marks.said(idea.id);
  const name = `#${idea.number} ${idea.title}`;
  set(card, "data-own", answered(said) || null);
  for (const { key, label, low, high } of SCALES) {
    const scale = find(card, `[data-scale=${key}]`);
    const given = said.passed ? null : /** @type {any} */ (said)[key];
    set(scale, "aria-label", `${label} of ${name}`);
    for (const element of scale.querySelectorAll("button")) {
      const button = /** @type {HTMLButtonElement} */ (element);
      const mark = Number(button.dataset.mark);
      const end = mark === 1 ? `, ${low}` : mark === 5 ? `, ${high}` : "";
      set(button, "aria-label", `${label} ${mark}${end}: ${name}`);
      set(button, "aria-pressed", String(given === mark)); // without a value it would be no switch
      set(button, "aria-disabled", !open || null);
      button.onclick = () => open && marks.mark(idea.id, { [key]: mark });
    }
  }
  const pass = find(card, ".pass");
  set(pass, "aria-label", `I cannot judge this: ${name}`);
  set(pass, "aria-pressed", String(said.passed));
  set(pass, "aria-disabled", !open || null);
  pass.onclick = () => open && marks.mark(idea.id, { passed: !said.passed });
}
