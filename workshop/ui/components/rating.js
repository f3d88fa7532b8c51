// Rate: the few ideas that this person was dealt, each with two rows of marks. How many are left is always in sight.

import { get } from "./calls.js";
import { drawCard, makeCard } from "./cards.js";
import { find, keyed, make, set, show, write } from "./dom.js";
import { answered, marksOf } from "./marks.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./marks.js").Marks} Marks */

const MARKS = [1, 2, 3, 4, 5];
const SCALES = [
  { key: "impact", label: "Impact", low: "changes little", high: "changes a lot" },
  { key: "feasibility", label: "Feasibility", low: "hard to do", high: "easy to do" },
];

/** @param {Stage} stage @returns {View} */
export function rating(stage) {
  const who = make("select", { class: "who" });
  const rater = make("label", { class: "voter" }, ["Who is rating now?", who]);
  const empty = make("p", { class: "quiet", text: "Your ideas are on their way." });
  const list = make("ul", { class: "cards" });
  const left = make("span", { class: "left", role: "status" });
  const problem = make("span", { class: "problem", role: "alert", hidden: "" });
  stage.box.append(rater, empty, list, make("div", { class: "foot" }, [left, problem]));
  /** @type {any[]} */
  let board = [];
  let boardRevision = -2;
  let reading = false;
  let ended = false;
  let person = stage.data.person ?? "";
  /** @type {Marks | null} */
  let marks = null;

  const choose = (/** @type {string} */ id) => {
    person = id;
    if (marks) marks.changed = () => {};
    marks = marksOf(id);
    marks.changed = draw;
    read(true);
    draw(); // at once: a tap on a button that is still the one before would be that person's mark
  };
  who.onchange = () => choose(who.value);

  const read = async (/** @type {boolean} */ atOnce) => {
    if (reading && !atOnce) return;
    reading = true;
    boardRevision = Math.max(stage.boardRevision, boardRevision);
    if (!atOnce) await new Promise((wait) => setTimeout(wait, Math.random() * 1_000));
    const [ideas, known] = await Promise.all([get("/live/topic", { topic: "board" }), marks?.renew()]);
    if (ended) return;
    if (ideas.ok) {
      board = ideas.data.ideas;
      boardRevision = Math.max(boardRevision, ideas.data.revision);
    }
    reading = false;
    if ((!ideas.ok && ideas.lost) || !known) setTimeout(() => ended || read(false), 3_000);
    draw();
  };

  const draw = () => {
    const people = stage.me?.people ?? [];
    if (!marks && people.length) choose(people.some((/** @type {any} */ each) => each.id === person) ? person : people[0].id);
    show(rater, people.length > 1);
    keyed(who, people, (each) => each.id, (each) => make("option", { value: each.id }), (option, each) => write(option, each.name));
    if (who.value !== person) who.value = person;
    if (stage.boardRevision > boardRevision && !reading && marks) read(false);
    if (!marks?.hand) {
      list.replaceChildren();
      show(empty, true);
      write(left, "");
      return;
    }
    const open = stage.topic("room").may.includes("rate");
    const byId = new Map(board.map((idea) => [idea.id, idea]));
    const ideas = marks.hand.filter(({ id }) => byId.has(id)).map(({ id }) => byId.get(id));
    write(empty, board.length ? "There is no idea for you to rate." : "Your ideas are on their way.");
    show(empty, ideas.length === 0);
    keyed(list, ideas, (idea) => idea.id, newCard, (card, idea) => {
      drawCard(card, idea, stage.topic("room").sides);
      drawMarks(card, idea, /** @type {Marks} */ (marks), open);
    });
    const state = marks.lost ? " - not saved yet, sending again" : marks.pending.size ? " - saving" : marks.answered ? " - saved" : "";
    write(left, ideas.length ? `${marks.answered} of ${ideas.length} rated${open ? state : ""}` : "");
    const sentence = open ? (marks.lost ? "" : marks.sentence) : "Rating is closed. What you said counts.";
    write(problem, sentence);
    show(problem, Boolean(sentence));
  };

  return {
    draw,
    end() { ended = true; if (marks) marks.changed = () => {}; },
    wake() { if (marks) read(true); },
  };
}

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
