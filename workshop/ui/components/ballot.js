// Vote blind: the board in this person's own order, and the dots. How many are left is always in sight.

import { get } from "./calls.js";
import { drawCard, makeCard } from "./cards.js";
import { counted, find, keyed, make, set, show, write } from "./dom.js";
import { votesOf } from "./votes.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./votes.js").Votes} Votes */

const MOST_NUMBERS = 5; // above that many dots per idea, minus and plus take less room than one button per number

/** @param {Stage} stage @returns {View} */
export function ballot(stage) {
  const who = make("select", { class: "who" });
  const voter = make("label", { class: "voter" }, ["Who is voting now?", who]);
  const empty = make("p", { class: "quiet", text: "The ideas are on their way." });
  const list = make("ul", { class: "cards" });
  const left = make("span", { class: "left", role: "status" });
  const problem = make("span", { class: "problem", role: "alert", hidden: "" });
  stage.box.append(voter, empty, list, make("div", { class: "foot" }, [left, problem]));
  /** @type {any[]} */
  let board = [];
  let boardRevision = -2;
  let reading = false;
  let ended = false;
  let person = stage.data.person ?? "";
  /** @type {Votes | null} */
  let votes = null;

  const choose = (/** @type {string} */ id) => {
    person = id;
    if (votes) votes.changed = () => {};
    votes = votesOf(id);
    votes.changed = draw;
    read(true);
    draw(); // at once: a tap on a button that is still the one before would be that person's vote
  };
  who.onchange = () => choose(who.value);

  const read = async (/** @type {boolean} */ atOnce) => {
    if (reading && !atOnce) return;
    reading = true;
    boardRevision = Math.max(stage.boardRevision, boardRevision);
    if (!atOnce) await new Promise((wait) => setTimeout(wait, Math.random() * 1_000));
    const [ideas, known] = await Promise.all([get("/live/topic", { topic: "board" }), votes?.renew()]);
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
    if (!votes && people.length) choose(people.some((/** @type {any} */ each) => each.id === person) ? person : people[0].id);
    show(voter, people.length > 1);
    keyed(who, people, (each) => each.id, (each) => make("option", { value: each.id }), (option, each) => write(option, each.name));
    if (who.value !== person) who.value = person;
    if (stage.boardRevision > boardRevision && !reading && votes) read(false);
    if (!votes?.ballot) {
      list.replaceChildren();
      show(empty, true);
      write(left, "");
      return;
    }
    const open = stage.topic("room").may.includes("vote");
    const byId = new Map(board.map((idea) => [idea.id, idea]));
    const ideas = votes.ballot.order.filter((id) => byId.has(id)).map((id) => byId.get(id));
    show(empty, ideas.length === 0);
    keyed(list, ideas, (idea) => idea.id, () => newCard(/** @type {Votes} */ (votes).ballot?.cap ?? 1), (card, idea) => {
      drawCard(card, idea, stage.topic("room").sides);
      drawDots(card, idea, /** @type {Votes} */ (votes), open);
    });
    const state = votes.lost ? " - not saved yet, sending again" : votes.pending.size ? " - saving" : votes.ballot.used ? " - saved" : "";
    write(left, `${votes.left} of ${counted(votes.ballot.budget, "dot")} left${open ? state : ""}`);
    const sentence = open ? (votes.lost ? "" : votes.sentence) : "Voting is closed. What you gave counts.";
    write(problem, sentence);
    show(problem, Boolean(sentence));
  };

  return {
    draw,
    end() { ended = true; if (votes) votes.changed = () => {}; },
    wake() { if (votes) read(true); },
  };
}

/** @param {number} cap @returns {HTMLElement} */
function newCard(cap) {
  const card = makeCard();
  const group = make("div", { class: "dots", role: "group" });
  const values = cap <= MOST_NUMBERS ? [...Array(cap + 1).keys()].map(String) : ["-", "count", "+"];
  for (const value of values) {
    group.append(value === "count" ? make("output", { class: "given" }) : make("button", { type: "button", "data-dots": value, text: value }));
  }
  find(card, ".actions").append(group);
  return card;
}

/** @param {HTMLElement} card @param {any} idea @param {Votes} votes @param {boolean} open */
function drawDots(card, idea, votes, open) {
  const given = votes.dots(idea.id);
  const cap = votes.ballot?.cap ?? 0;
  const name = `#${idea.number} ${idea.title}`;
  set(card, "data-own", given > 0 || null);
  set(find(card, ".dots"), "aria-label", `Your dots for ${name}`);
  const output = card.querySelector(".given");
  if (output) write(output, String(given));
  for (const element of card.querySelectorAll("button[data-dots]")) {
    const button = /** @type {HTMLButtonElement} */ (element);
    const value = button.dataset.dots ?? "0";
    const wanted = value === "+" ? Math.min(cap, given + 1) : value === "-" ? Math.max(0, given - 1) : Number(value);
    const step = value === "+" || value === "-";
    set(button, "aria-label", step ? `${value} one dot: ${name}` : `${value} ${Number(value) === 1 ? "dot" : "dots"}: ${name}`);
    set(button, "aria-pressed", step ? null : String(given === Number(value))); // without a value it would be no switch
    set(button, "aria-disabled", !open || wanted - given > votes.left || (step && wanted === given) || null);
    button.onclick = () => open && votes.give(idea.id, wanted);
  }
}
