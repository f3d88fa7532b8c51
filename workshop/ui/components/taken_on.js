// What the people on this device have taken on: what the server has confirmed, and what was tapped since. Every tap is
// about one person, because names appear with commitments: on a tablet they say who they are.

import { get, post } from "./calls.js";
import { find, keyed, make, show, write } from "./dom.js";
import { query } from "./stream.js";
import { Taps } from "./taps.js";

/** @typedef {import("./stage.js").Stage} Stage */

const SPREAD = 1_000;
const DOUBLE_TAP = 500; // two taps so close to each other are one: the second must not take the first back

/** @type {Map<string, TakenOn>} one for whoever is on this device, as long as the page lives */
const everything = new Map();

/** @extends {Taps<any>} by person, verb and thing: "<person> offer <idea> <kind>" */
export class TakenOn extends Taps {
  /** @type {any} null until it was read */
  state = null;
  who = "";
  tapped = "";
  tappedAt = -DOUBLE_TAP;
  reading = false;
  /** @type {(thing: string) => void} */
  acknowledged = () => {};

  /** Who acts now: the chosen one on a tablet, else the only one. */
  get person() {
    const people = this.state?.people ?? [];
    return people.find((/** @type {any} */ each) => each.id === this.who) ?? people[0];
  }

  /** What is true, or on its way. @param {string} thing @param {any} saved */
  now(thing, saved) {
    const wanted = this.pending.get(`${this.person.id} ${thing}`);
    return wanted === undefined ? saved : wanted;
  }

  /** @param {string} thing @param {any} says @param {any} [saved] */
  say(thing, says, saved) {
    const whole = `${this.person.id} ${thing}`;
    if (whole === this.tapped && performance.now() - this.tappedAt < DOUBLE_TAP) return;
    this.tapped = whole;
    this.tappedAt = performance.now();
    this.tap(whole, says, saved);
  }

  /** @param {string} thing @param {any} says */
  async deliver(thing, says) {
    const [person, verb, id, kind] = thing.split(" ");
    const bodies = {
      join: { idea: id, role: says || null },
      plan: { idea: id, ...says },
      offer: { idea: id, kind, offered: says },
      confirm: { idea: id, confirmed: says },
      wish: { organisation: id, wished: says },
      rate: says,
    };
    const answer = await post(`/live/${verb}`, { person, .../** @type {any} */ (bodies)[verb] });
    if (answer.ok) this.acknowledged(thing);
    return answer;
  }

  /** @param {any} state */
  accept(state) {
    this.state = state;
  }

  /** Read it again: somebody else may have changed it, or offered something. */
  async renew() {
    if (this.reading) return;
    this.reading = true;
    const answer = await get("/live/commitments");
    this.reading = false;
    if (answer.ok) this.state = answer.data;
    else if (answer.lost) setTimeout(() => this.renew(), 2_000 + Math.random() * 2_000);
    this.changed();
    if (this.pending.size) this.send();
  }
}

/**
 * What belongs to this device, drawn again with every change. Call `end` of it when the view is over.
 * @param {Stage} stage @param {() => void} changed
 */
export function takenOn(stage, changed) {
  const place = `roundtable taken on ${query().code} ${stage.data.table ?? ""}`;
  let mine = everything.get(place);
  if (!mine) everything.set(place, (mine = new TakenOn(place)));
  mine.changed = changed;
  if (!mine.who) mine.who = stage.data.person ?? "";
  setTimeout(() => mine.renew(), Math.random() * SPREAD); // a whole room opens this step in the same moment
  return mine;
}

/** "Who is this?" on a tablet. @param {TakenOn} mine */
export function asker(mine) {
  const who = make("select", { class: "who" });
  const box = make("label", { class: "voter", hidden: "" }, ["Who is this?", who]);
  who.onchange = () => { mine.who = who.value; mine.changed(); };
  return {
    box,
    draw() {
      const people = mine.state?.people ?? [];
      show(box, people.length > 1);
      keyed(who, people, (each) => each.id, (each) => make("option", { value: each.id }), (option, each) => write(option, each.name));
      if (mine.person && who.value !== mine.person.id) who.value = mine.person.id;
    },
  };
}

/** The sentence below what was tapped. @param {HTMLElement} box @param {TakenOn} mine */
export function tell(box, mine) {
  const sentence = mine.lost ? "Not sent yet. It is sent again by itself." : mine.sentence;
  write(box, sentence);
  show(box, Boolean(sentence));
}

/** A side with its shape and name, or nothing. @param {HTMLElement} element @param {any} side */
export function drawSide(element, side) {
  write(element, side?.short ?? "");
  element.className = side ? `side shape-${side.shape}` : "side";
  if (side) element.style.setProperty("--side", side.colour);
}

/** "lead", "pilot site". @param {string} role */
export function spoken(role) {
  return role.replace("_", " ");
}

/** Who is in, a line for each side: its lead first, then how many more. @param {HTMLElement} list @param {any} card @param {any[]} sides */
export function drawSides(list, card, sides) {
  const lines = sides.map((side) => {
    const members = card.members.filter((/** @type {any} */ each) => each.side === side.key);
    const lead = members.find((/** @type {any} */ each) => each.role === "lead");
    const others = members.length - (lead ? 1 : 0);
    const words = [lead ? `${named(lead)}: lead` : "", others ? `${lead ? "and " : ""}${others} ${lead ? "more" : "in, no lead yet"}` : ""];
    return { side, text: words.filter(Boolean).join(" ") || "nobody yet" };
  });
  keyed(list, lines, (line) => line.side.key, newMember, (row, line) => {
    drawSide(find(row, "span"), line.side);
    write(find(row, ".who-is-in"), line.text);
  });
}

/** Everybody who is in, with the name of whoever confirmed. @param {HTMLElement} list @param {any} card @param {any[]} sides */
export function drawMembers(list, card, sides) {
  const lines = card.members.map((/** @type {any} */ member, /** @type {number} */ place) => ({ ...member, key: String(place) }));
  keyed(list, lines, (line) => line.key, newMember, (row, line) => {
    drawSide(find(row, "span"), sides.find((side) => side.key === line.side));
    write(find(row, ".who-is-in"), `${named(line)}: ${spoken(line.role)}${line.owner && line.role !== "lead" ? ", owner" : ""}`);
  });
}

/** @param {any} member */
function named(member) {
  return [member.name, member.organisation].filter(Boolean).join(", ") || "somebody";
}

function newMember() {
  return make("li", {}, [make("span"), make("span", { class: "who-is-in" })]);
}

/** "Needs a US lead, a date", or "Ready". @param {HTMLElement} line @param {any} card */
export function drawMissing(line, card) {
  write(line, card.missing.length ? `Needs ${card.missing.join(", ")}` : "Ready");
  line.toggleAttribute("data-ready", card.missing.length === 0);
}

/** @param {any} card */
export function planOf(card) {
  const due = card.due ? `by ${card.due}` : "";
  return [card.next_step, due].filter(Boolean).join(" · ");
}
