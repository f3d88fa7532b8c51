// Commit: confirm with one's name what one has taken on, wish to meet organisations, rate the session.

import { drawCards } from "./consortium.js";
import { find, keyed, make, set, show, write } from "./dom.js";
import { asker, planOf, spoken, takenOn, tell } from "./taken_on.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./taken_on.js").TakenOn} TakenOn */

const MOST_WISHES = 5;
const FILTER_FROM = 12; // organisations: fewer are found with the eyes

/** @param {Stage} stage @returns {View} */
export function commit(stage) {
  const mine = takenOn(stage, () => draw());
  const who = asker(mine);
  const roles = taken();
  const wishing = wishes(() => draw());
  const rating = stars();
  const problem = make("p", { class: "problem told", role: "alert", hidden: "" });
  const list = make("ul", { class: "cards" });
  const join = make("details", { class: "join-late" }, [make("summary", { text: "Join another idea" }), list]);
  stage.box.append(who.box, roles.box, join, wishing.box, rating.box, problem);

  const draw = () => {
    if (!stage.topic("consortium") || !mine.person) return;
    who.draw();
    roles.draw(stage, mine);
    show(join, stage.topic("room").may.includes("join") && stage.topic("consortium").cards.length > 0);
    if (join.open) drawCards(list, stage, mine);
    wishing.draw(stage, mine);
    rating.draw(stage, mine);
    tell(problem, mine);
  };
  join.ontoggle = () => draw();
  return { draw, wake: () => mine.renew(), end() { mine.changed = () => {}; } };
}

/** What one has taken on, each with its button. */
export function taken() {
  const list = make("ul", { class: "cards" });
  const note = make("p", { class: "quiet note", text: "When you confirm, your name stands beside it: on the wall, on the card and in the report." });
  const empty = make("p", { class: "quiet", text: "You are not on a card, so there is nothing to confirm." });
  const box = make("section", {}, [make("h2", { text: "What you have taken on" }), note, empty, list]);
  return {
    box,
    /** @param {Stage} stage @param {TakenOn} mine */
    draw(stage, mine) {
      const cards = stage.topic("consortium").cards.filter((/** @type {any} */ card) => mine.person.cards[card.id]);
      const open = stage.topic("room").may.includes("commit");
      show(note, cards.length > 0 && open);
      show(empty, cards.length === 0);
      keyed(list, cards, (card) => card.id, newRole, (row, card) => drawRole(row, card, mine, open));
    },
  };
}

function newRole() {
  return make("li", { class: "card" }, [
    make("div", { class: "head" }, [make("span", { class: "number" }), make("h3", { class: "title" })]),
    make("p", { class: "next" }),
    make("p", { class: "state" }),
    make("div", { class: "actions" }, [make("button", { type: "button", class: "publish" }), make("button", { type: "button", class: "again", text: "Confirm again" })]),
  ]);
}

/** @param {HTMLElement} row @param {any} card @param {TakenOn} mine @param {boolean} open */
function drawRole(row, card, mine, open) {
  const own = mine.person.cards[card.id];
  const thing = `confirm ${card.id}`;
  const confirmed = mine.now(thing, own.confirmed);
  const changed = confirmed && own.changed;
  set(row, "data-own", confirmed ? "" : null);
  write(find(row, ".number"), `#${card.number}`);
  write(find(row, ".title"), card.title);
  write(find(row, ".next"), [`You: ${spoken(own.role)}`, planOf(card) || "no next step yet"].join(" · "));
  write(find(row, ".state"), changed ? "The next step or the date was changed since you confirmed." : confirmed ? `Confirmed as ${mine.person.name}` : "Not confirmed");
  const button = find(row, ".publish");
  write(button, confirmed ? "Take back" : "Confirm with my name");
  set(button, "aria-label", `${confirmed ? "Take back" : "Confirm with my name"}: #${card.number} ${card.title}`);
  set(button, "data-published", confirmed ? "" : null);
  show(button, open);
  button.onclick = () => mine.say(thing, !confirmed, own.confirmed);
  const again = find(row, ".again");
  show(again, open && changed);
  again.onclick = () => mine.say(thing, true);
}

/** @param {() => void} redraw */
function wishes(redraw) {
  const count = make("p", { class: "quiet", role: "status" });
  const filter = make("input", { type: "search", class: "filter", placeholder: "Find an organisation", "aria-label": "Find an organisation" });
  const list = make("div", { class: "wishes", role: "group", "aria-label": "Organisations I want to meet" });
  const box = make("section", {}, [make("h2", { text: "Whom do you want to meet this afternoon?" }), count, filter, list]);
  filter.oninput = () => redraw();
  return {
    box,
    /** @param {Stage} stage @param {TakenOn} mine */
    draw(stage, mine) {
      const others = mine.state.organisations.filter((/** @type {any} */ each) => each.side !== mine.person.side);
      const open = stage.topic("room").may.includes("commit");
      const sought = filter.value.trim().toLowerCase();
      const wished = (/** @type {any} */ each) => mine.now(`wish ${each.id}`, mine.person.wishes.includes(each.id));
      const given = others.filter(wished).length;
      show(box, others.length > 0);
      show(filter, others.length > FILTER_FROM);
      write(count, `${given} of ${MOST_WISHES} wishes. Only the organiser's team sees them, to plan the meetings.`);
      const shown = others.filter((/** @type {any} */ each) => !sought || wished(each) || each.name.toLowerCase().includes(sought));
      keyed(list, shown, (each) => each.id, () => make("button", { type: "button" }), (element, each) => {
        const button = /** @type {HTMLButtonElement} */ (element);
        const now = wished(each);
        write(button, each.name);
        set(button, "aria-pressed", String(now));
        button.disabled = !open || (!now && given >= MOST_WISHES);
        button.onclick = () => mine.say(`wish ${each.id}`, !now, mine.person.wishes.includes(each.id));
      });
    },
  };
}

/** How the session was: 1 to 5, and a comment. */
export function stars() {
  const buttons = make("div", { class: "dots", role: "group", "aria-label": "How was the session? 1 is poor, 5 is excellent" });
  const comment = make("textarea", { rows: "2", maxlength: "300" });
  const label = make("label", { class: "comment", hidden: "" }, ["A comment, if you like. The organiser reads it without your name.", comment]);
  const save = make("button", { type: "button", text: "Save comment", hidden: "" });
  const note = make("p", { class: "quiet", role: "status" });
  const box = make("section", {}, [make("h2", { text: "How was the session?" }), buttons, label, save, note]);
  let drawnFor = "";
  return {
    box,
    /** @param {Stage} stage @param {TakenOn} mine */
    draw(stage, mine) {
      const saved = mine.person.rating ?? { stars: 0, comment: "" };
      const now = mine.now("rate", saved);
      const open = stage.topic("room").may.includes("commit");
      if (drawnFor !== mine.person.id) comment.value = now.comment;
      drawnFor = mine.person.id;
      keyed(buttons, ["1", "2", "3", "4", "5"], (each) => each, (each) => make("button", { type: "button", text: each }), (element, each) => {
        const button = /** @type {HTMLButtonElement} */ (element);
        set(button, "aria-pressed", String(now.stars === Number(each)));
        set(button, "aria-label", `${each} of 5`);
        button.disabled = !open;
        button.onclick = () => mine.say("rate", { stars: Number(each), comment: comment.value });
      });
      show(label, now.stars > 0);
      comment.disabled = !open;
      const unsaved = now.stars > 0 && comment.value.trim() !== now.comment.trim();
      show(save, open && unsaved);
      save.onclick = () => mine.say("rate", { stars: now.stars, comment: comment.value });
      comment.oninput = () => mine.changed();
      write(note, now.stars ? (mine.pending.has(`${mine.person.id} rate`) ? "Saving" : `Saved: ${saved.stars} of 5`) : "1 is poor, 5 is excellent");
    },
  };
}
