// The ideas that a person judges, in that person's order, with what they said of each. How many are left is always in
// sight; on a table's tablet one person judges after the other.

import { boardIsKnown, knownBoard, readBoard } from "./board.js";
import { drawCard } from "./cards.js";
import { keyed, make, show, write } from "./dom.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./personal_taps.js").PersonalTaps<any>} PersonalTaps */

const SPREAD = 1_000;
const NO_HURRY = 10_000;
const AGAIN = 3_000;

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
  let asked = -1; // the revision of the board that was asked for last
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
    if (own.order && boardIsKnown(stage.boardRevision)) lookAgain(own); // it was read ahead, or before another one's turn
    else read(0);
    draw(); // at once: a tap on a button that is still the one before would be that person's
  };
  who.onchange = () => choose(who.value);

  const lookAgain = (/** @type {P} */ whose) => {
    asked = knownBoard().revision;
    setTimeout(() => ended || whose.renew(), Math.random() * NO_HURRY);
  };

  const read = async (/** @type {number} */ within) => {
    if (reading && within) return;
    reading = true;
    if (within) await new Promise((wait) => setTimeout(wait, Math.random() * within));
    asked = stage.boardRevision;
    // The board first: what is then said of it is of this board, or of a newer one, which is read again.
    const known = await readBoard(stage.boardRevision) && await own?.renew();
    if (ended) return;
    reading = false;
    if (!known) setTimeout(() => ended || read(SPREAD), AGAIN);
    draw();
  };

  const draw = () => {
    const people = stage.me?.people ?? [];
    if (!own && people.length) choose(people.some((/** @type {any} */ each) => each.id === person) ? person : people[0].id);
    show(judge, people.length > 1);
    keyed(who, people, (each) => each.id, (each) => make("option", { value: each.id }), (option, each) => write(option, each.name));
    if (who.value !== person) who.value = person;
    if (stage.boardRevision > asked && !reading && own) read(SPREAD);
    if (own?.order) drawAll(own, own.order);
    else {
      list.replaceChildren();
      show(empty, true);
      write(left, "");
    }
  };

  const drawAll = (/** @type {P} */ own, /** @type {(string | number)[]} */ order) => {
    const open = stage.topic("room").may.includes(kind.right);
    const board = knownBoard().ideas;
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
    wake() { if (own) read(0); },
  };
}
