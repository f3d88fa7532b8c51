// Vote blind: the board in this person's own order, and the dots.

import { makeCard } from "./cards.js";
import { counted, find, make, set, write } from "./dom.js";
import { judging } from "./judging.js";
import { votesOf } from "./votes.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./votes.js").Votes} Votes */

const MOST_NUMBERS = 5; // above that many dots per idea, minus and plus take less room than one button per number

/** @param {Stage} stage @returns {View} */
export const ballot = (stage) => judging(stage, {
  question: "Who is voting now?",
  right: "vote",
  of: votesOf,
  waiting: "The ideas are on their way.",
  nothing: "There is no idea to vote on.",
  closed: "Voting is closed. What you gave counts.",
  newCard: (votes) => newCard(votes.ballot?.cap ?? 1),
  drawOwn: drawDots,
  left: (votes) => `${votes.left} of ${counted(votes.ballot?.budget ?? 0, "dot")} left`,
  begun: (votes) => votes.ballot?.used,
});

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
