// Consortium: the cards of the ideas that go on. A role is one tap; whoever is on a card writes what comes next.

import { find, keyed, make, set, show, write } from "./dom.js";
import { drawPlan, makePlan } from "./plan_form.js";
import { asker, drawMembers, drawMissing, drawSides, planOf, spoken, takenOn, tell } from "./taken_on.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./taken_on.js").TakenOn} TakenOn */

const ROLES = ["lead", "partner", "pilot_site", "funder_link", "advisor"];

/** @param {Stage} stage @returns {View} */
export function consortium(stage) {
  const mine = takenOn(stage, () => draw());
  const who = asker(mine);
  const count = make("p", { class: "lead", role: "status" });
  const note = make("p", { class: "quiet note", text: "Joining shows your organisation. Your name appears only beside what you confirm in the step “Commit”." });
  const empty = make("p", { class: "quiet" });
  const problem = make("p", { class: "problem told", role: "alert", hidden: "" });
  const list = make("ul", { class: "cards" });
  stage.box.append(who.box, count, note, empty, list, problem);

  const draw = () => {
    const board = stage.topic("consortium");
    if (!board || !mine.state) return;
    who.draw();
    const cards = board.cards;
    write(count, cards.length ? `Ready: ${board.ready} of ${board.of}` : "");
    show(note, cards.length > 0);
    write(empty, board.proposed.length ? "The moderator is choosing the ideas that go on. They appear here." : "No idea goes on yet. Those that the moderator picks appear here.");
    show(empty, cards.length === 0);
    drawCards(list, stage, mine);
    tell(problem, mine);
  };
  return { draw, wake: () => mine.renew(), end() { mine.changed = () => {}; } };
}

/** The cards with roles to take. @param {HTMLElement} list @param {Stage} stage @param {TakenOn} mine */
export function drawCards(list, stage, mine) {
  const board = stage.topic("consortium");
  const room = stage.topic("room");
  const open = room.may.includes("join");
  keyed(list, board.cards, (card) => card.id, newCard, (row, card) => {
    const saved = mine.person?.cards[card.id]?.role ?? "";
    const role = mine.person ? mine.now(`join ${card.id}`, saved) : "";
    set(row, "data-own", role ? "" : null);
    write(find(row, ".number"), `#${card.number}`);
    write(find(row, ".title"), card.title);
    drawMissing(find(row, ".needs"), card);
    drawSides(find(row, ".sides"), card, room.sides);
    drawAbout(find(row, "details"), card, room.sides);
    const plan = find(row, "form");
    const writes = Boolean(saved && open);
    show(plan, writes);
    if (writes) drawPlan(plan, card, mine, board.today);
    write(find(row, ".next"), planOf(card));
    show(find(row, ".next"), !writes && Boolean(planOf(card)));
    const said = open && !role && mine.person?.would_join.includes(card.id);
    show(find(row, ".said"), Boolean(said));
    const taken = card.members.some((/** @type {any} */ each) => each.role === "lead" && each.side === mine.person?.side);
    show(find(row, ".roles"), open && Boolean(mine.person));
    for (const element of row.querySelectorAll(".roles button")) {
      const button = /** @type {HTMLButtonElement} */ (element);
      const name = button.dataset.role ?? "";
      button.disabled = name === "lead" && taken && role !== "lead";
      set(button, "aria-pressed", String(name === role));
      set(button, "aria-label", `${spoken(name)}: #${card.number} ${card.title}`);
      button.onclick = () => mine.say(`join ${card.id}`, name === role ? "" : name, saved);
    }
  });
}

/** @param {HTMLElement} details @param {any} card @param {any[]} sides */
function drawAbout(details, card, sides) {
  const lines = sides.filter((side) => card.brings[side.key]).map((side) => `${side.short} brings: ${card.brings[side.key]}`);
  if (card.still_needed) lines.push(`Still needed: ${card.still_needed}`);
  show(details, Boolean(card.pitch || lines.length || card.members.length));
  write(find(details, "summary"), card.members.length ? `About this idea, and who is in: ${card.members.length}` : "About this idea");
  drawMembers(find(details, ".everybody"), card, sides);
  write(find(details, ".pitch"), card.pitch);
  keyed(find(details, ".brought"), lines, (line) => line, () => make("li"), write);
}

function newCard() {
  const roles = ROLES.map((role) => make("button", { type: "button", "data-role": role, text: spoken(role) }));
  return make("li", { class: "card consortium" }, [
    make("div", { class: "head" }, [make("span", { class: "number" }), make("h3", { class: "title" })]),
    make("p", { class: "needs" }),
    make("ul", { class: "members sides" }),
    make("p", { class: "next" }),
    make("details", {}, [make("summary"), make("p", { class: "pitch" }), make("ul", { class: "brought" }), make("ul", { class: "members everybody" })]),
    make("p", { class: "said", text: "You wrote that you would join this idea. Take a role with one tap.", hidden: "" }),
    make("div", { class: "roles", role: "group", "aria-label": "I am in as" }, roles),
    makePlan(),
  ]);
}
