// Pitch: the card on the wall with its clock, and what one can do for it. What was offered before can be taken back.

import { until } from "./countdown.js";
import { find, keyed, make, set, show, write } from "./dom.js";
import { asker, drawSides, drawMissing, planOf, takenOn, tell } from "./taken_on.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View */

/** @type {Record<string, string>} */
const WORDS = { help: "I can help", introduce: "I can introduce", fund: "I can fund", host: "I can host" };

/** @param {Stage} stage @returns {View} */
export function pitch(stage) {
  const mine = takenOn(stage, () => draw());
  const who = asker(mine);
  const empty = make("p", { class: "quiet", text: "No card is on the wall yet." });
  const face = make("span", { class: "pitch-clock", role: "timer" });
  const needs = make("p", { class: "needs" });
  const members = make("ul", { class: "members" });
  const next = make("p", { class: "next" });
  const number = make("span", { class: "number" });
  const title = make("h3", { class: "title" });
  const card = make("article", { class: "card" }, [make("div", { class: "head" }, [number, title, face]), needs, members, next]);
  const note = make("p", { class: "quiet note", text: "Who is on this card, and the moderator, see your name with your offer." });
  const buttons = make("div", { class: "offers", role: "group", "aria-label": "What I can do for this idea" });
  const problem = make("p", { class: "problem told", role: "alert", hidden: "" });
  const theirs = block("Offers to your card");
  const own = block("Your other offers");
  stage.box.append(who.box, empty, card, note, buttons, problem, theirs, own);
  let counted = "";

  const draw = () => {
    const on = stage.topic("pitch");
    const board = stage.topic("consortium");
    if (!on || !board || !mine.state) return;
    const shown = board.cards.find((/** @type {any} */ each) => each.id === on.idea);
    who.draw();
    for (const part of [card, note, buttons]) show(part, Boolean(shown));
    show(empty, !shown);
    tell(problem, mine);
    drawOwn(board.cards, on.idea);
    drawTheirs(on);
    if (!shown || !mine.person) return;
    write(number, `#${shown.number}`);
    write(title, shown.title);
    drawMissing(needs, shown);
    drawSides(members, shown, stage.topic("room").sides);
    write(next, planOf(shown));
    const open = stage.topic("room").may.includes("offer");
    keyed(buttons, Object.keys(WORDS), (kind) => kind, () => make("button", { type: "button" }), (element, kind) => {
      const button = /** @type {HTMLButtonElement} */ (element);
      const saved = (mine.person.offers[on.idea] ?? []).includes(kind);
      const thing = `offer ${on.idea} ${kind}`;
      const now = mine.now(thing, saved);
      const count = (on.offers[on.idea]?.[kind] ?? 0) + Number(now) - Number(saved);
      write(button, count ? `${WORDS[kind]} · ${count}` : WORDS[kind]);
      set(button, "aria-pressed", String(now));
      button.disabled = !open;
      button.onclick = () => mine.say(thing, !now, saved);
    });
    tick();
  };

  /** By name, for the people on the card: it is asked for when the counts of their cards have changed. @param {any} on */
  const drawTheirs = (on) => {
    const ours = new Set(mine.state.people.flatMap((/** @type {any} */ each) => Object.keys(each.cards)));
    const counts = JSON.stringify([...ours].map((idea) => on.offers[idea]));
    if (counted && counted !== counts) setTimeout(() => mine.renew(), Math.random() * 1_000);
    counted = counts;
    const lines = mine.state.offered.filter((/** @type {any} */ each) => each.idea === on.idea);
    show(theirs, lines.length > 0);
    keyed(find(theirs, "ul"), lines, (line) => `${line.kind} ${line.name} ${line.organisation}`, () => make("li"), (row, line) =>
      write(row, `${[line.name, line.organisation].filter(Boolean).join(", ")}: ${line.kind}`));
  };

  /** @param {any[]} cards @param {string} idea */
  const drawOwn = (cards, idea) => {
    const given = mine.person?.offers ?? {};
    const lines = cards.filter((each) => each.id !== idea && given[each.id]).flatMap((each) => given[each.id].map((/** @type {string} */ kind) => ({ ...each, kind })));
    show(own, lines.length > 0);
    keyed(find(own, "ul"), lines, (line) => `${line.id} ${line.kind}`, () => make("li", { class: "offered" }, [make("span"), make("button", { type: "button", text: "Take back" })]), (row, line) => {
      write(find(row, "span"), `#${line.number} ${line.title}: ${line.kind}`);
      const button = find(row, "button");
      set(button, "aria-label", `Take back: ${line.kind}, #${line.number} ${line.title}`);
      button.onclick = () => mine.say(`offer ${line.id} ${line.kind}`, false, true);
    });
  };

  const tick = () => {
    const on = stage.topic("pitch");
    const room = stage.topic("room");
    const left = on && on.ends !== null && room ? Math.ceil(until(room, on.ends)) : 0;
    write(face, left > 0 ? `${left} s` : "");
  };
  const timer = setInterval(tick, 250);
  return { draw, wake: () => mine.renew(), end() { clearInterval(timer); mine.changed = () => {}; } };
}

/** @param {string} heading */
function block(heading) {
  return make("section", { hidden: "" }, [make("h2", { text: heading }), make("ul", { class: "plain" })]);
}
