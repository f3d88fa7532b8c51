// The ideas that a person judges, in that person's order, with what they said of each. How many are left is always in
// sight; on a table's tablet one person judges after the other.

import { get } from "./calls.js";
import { drawCard } from "./cards.js";
import { keyed, make, show, write } from "./dom.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./personal_taps.js").PersonalTaps<any>} PersonalTaps */

/**
 * @template {PersonalTaps} P
 * @typedef {object} Kind  what the two ways to judge differ in
 * @property {string} question  who acts, asked where a device has several people
 * @property {string} right     what the step must allow
 * @property {(person: string) => P} of
 * @property {string} waiting   while nothing is here yet
 * @property {string} nothing   when there is nothing to judge
 * @property {string} closed
 * @property {(own: P) => HTMLElement} newCard
 * @property {(card: HTMLElement, idea: any, own: P, open: boolean) => void} drawOwn
 * @property {(own: P, ideas: number) => string} left  how many are left, or nothing
 * @property {(own: P) => unknown} begun               whether something was said that can be saved
 */

/** @template {PersonalTaps} P @param {Stage} stage @param {Kind<P>} kind @returns {View} */
export function judging(stage, kind) {
  const who = make("select", { class: "who" });
  const judge = make("label", { class: "voter" }, [kind.question, who]);
  const empty = make("p", { class: "quiet", text: kind.waiting });
  const list = make("ul", { class: "cards" });
  const left = make("span", { class: "left", role: "status" });
  const problem = make("span", { class: "problem", role: "alert", hidden: "" });
  stage.box.append(judge, empty, list, make("div", { class: "foot" }, [left, problem]));
  /** @type {any[]} */
  let board = [];
  let boardRevision = -2;
  let reading = false;
  let ended = false;
  let person = stage.data.person ?? "";
  /** @type {P | null} */
  let own = null;

  const choose = (/** @type {string} */ id) => {
    person = id;
    if (own) own.changed = () => {};
    own = kind.of(id);
    own.changed = draw;
    read(true);
    draw(); // at once: a tap on a button that is still the one before would be that person's
  };
  who.onchange = () => choose(who.value);

  const read = async (/** @type {boolean} */ atOnce) => {
    if (reading && !atOnce) return;
    reading = true;
    boardRevision = Math.max(stage.boardRevision, boardRevision);
    if (!atOnce) await new Promise((wait) => setTimeout(wait, Math.random() * 1_000));
    const [ideas, known] = await Promise.all([get("/live/topic", { topic: "board" }), own?.renew()]);
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
    if (!own && people.length) choose(people.some((/** @type {any} */ each) => each.id === person) ? person : people[0].id);
    show(judge, people.length > 1);
    keyed(who, people, (each) => each.id, (each) => make("option", { value: each.id }), (option, each) => write(option, each.name));
    if (who.value !== person) who.value = person;
    if (stage.boardRevision > boardRevision && !reading && own) read(false);
    if (own?.order) drawAll(own, own.order);
    else {
      list.replaceChildren();
      show(empty, true);
      write(left, "");
    }
  };

  const drawAll = (/** @type {P} */ own, /** @type {(string | number)[]} */ order) => {
    const open = stage.topic("room").may.includes(kind.right);
    const known = new Map(board.flatMap((idea) => [[idea.id, idea], [idea.number, idea]]));
    const ideas = order.filter((idea) => known.has(idea)).map((idea) => known.get(idea));
    write(empty, board.length ? kind.nothing : kind.waiting);
    show(empty, ideas.length === 0);
    keyed(list, ideas, (idea) => idea.id, () => kind.newCard(own), (card, idea) => {
      drawCard(card, idea, stage.topic("room").sides);
      kind.drawOwn(card, idea, own, open);
    });
    const state = own.lost ? " - not saved yet, sending again" : own.pending.size ? " - saving" : kind.begun(own) ? " - saved" : "";
    const count = kind.left(own, ideas.length);
    write(left, count && open ? count + state : count);
    const sentence = open ? (own.lost ? "" : own.sentence) : kind.closed;
    write(problem, sentence);
    show(problem, Boolean(sentence));
  };

  return {
    draw,
    end() { ended = true; if (own) own.changed = () => {}; },
    wake() { if (own) read(true); },
  };
}
