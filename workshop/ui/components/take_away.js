// Closing: what one takes away, as a simple list: own ideas and what became of them, roles, commitments, offers, wishes.

import { stars, taken } from "./commit.js";
import { keyed, make, show, write } from "./dom.js";
import { asker, takenOn, tell } from "./taken_on.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View */

/** @param {Stage} stage @returns {View} */
export function takeAway(stage) {
  const mine = takenOn(stage, () => draw());
  const who = asker(mine);
  const where = make("p", { class: "quiet" });
  const ideas = lines("Your ideas, and what became of them");
  const roles = taken();
  const offers = lines("Your offers");
  const meet = lines("Whom you asked to meet");
  const rating = stars();
  const problem = make("p", { class: "problem told", role: "alert", hidden: "" });
  stage.box.append(make("p", { class: "lead", text: "Thank you for taking part." }), who.box, ideas.box, roles.box, offers.box, meet.box, rating.box, problem, where);

  const draw = () => {
    write(where, stage.data.report || "The organiser has the report, with every idea and vote in it.");
    const person = mine.person;
    for (const part of [ideas, roles, offers, meet, rating]) show(part.box, Boolean(person));
    if (!person) return;
    who.draw();
    const cards = stage.topic("consortium")?.cards ?? [];
    const own = (stage.me?.people ?? []).find((/** @type {any} */ each) => each.id === person.id)?.ideas ?? [];
    ideas.draw(own.map((/** @type {any} */ idea) => `#${idea.number} ${idea.title}: ${became(idea, stage, cards)}`));
    if (stage.topic("consortium")) roles.draw(stage, mine);
    show(roles.box, Boolean(stage.topic("consortium")));
    offers.draw(cards.filter((/** @type {any} */ card) => person.offers[card.id]).map((/** @type {any} */ card) => `#${card.number} ${card.title}: ${person.offers[card.id].join(", ")}`));
    meet.draw(mine.state.organisations.filter((/** @type {any} */ each) => person.wishes.includes(each.id)).map((/** @type {any} */ each) => each.name));
    show(rating.box, stage.topic("room").may.includes("commit") && Boolean(stage.topic("consortium")));
    rating.draw(stage, mine);
    tell(problem, mine);
  };
  return { draw, wake: () => mine.renew(), end() { mine.changed = () => {}; } };
}

/** @param {any} idea @param {Stage} stage @param {any[]} cards */
function became(idea, stage, cards) {
  const card = cards.find((each) => each.number === idea.number);
  if (card) return card.missing.length ? `goes on, needs ${card.missing.join(", ")}` : "goes on, ready";
  const words = { hidden: "hidden by the moderator", merged: "became part of another idea", kept_back: "stayed at your table" };
  if (idea.standing !== "published") return /** @type {any} */ (words)[idea.standing] ?? "";
  const row = stage.topic("results")?.raw.find((/** @type {any} */ each) => each.number === idea.number);
  return row ? `${row.dots} ${row.dots === 1 ? "dot" : "dots"}, place ${row.rank} by dots` : "on the board";
}

/** @param {string} heading */
function lines(heading) {
  const list = make("ul", { class: "plain" });
  const box = make("section", {}, [make("h2", { text: heading }), list]);
  return {
    box,
    /** @param {string[]} texts */
    draw(texts) {
      show(box, texts.length > 0);
      keyed(list, texts, (text) => text, () => make("li"), write);
    },
  };
}
