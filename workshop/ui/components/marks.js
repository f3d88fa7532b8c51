// One person's marks: what the server has confirmed, and what was tapped since. A tap says all of an idea: both marks.

import { get, post } from "./calls.js";
import { query } from "./stream.js";
import { Taps } from "./taps.js";

/** @typedef {{impact: number | null, feasibility: number | null, passed: boolean}} Said @typedef {Said & {id: string}} Dealt */

/** @type {Map<string, Marks>} one for each person on this device, as long as the page lives */
const everybody = new Map();

/** @type {Said} */
const NOTHING = { impact: null, feasibility: null, passed: false };

/** @param {string} person empty for the only person on a phone @returns {Marks} */
export function marksOf(person) {
  const key = `${query().code} ${person}`;
  let marks = everybody.get(key);
  if (!marks) everybody.set(key, (marks = new Marks(person)));
  return marks;
}

/** @extends {Taps<Said>} by idea */
export class Marks extends Taps {
  /** @param {string} person */
  constructor(person) {
    super(`roundtable marks ${query().code} ${person}`);
    this.person = person;
    /** @type {Dealt[] | null} */
    this.hand = null;
    this.acknowledged = 0;
  }

  /** @param {string} idea @returns {Said} */
  said(idea) {
    return this.pending.get(idea) ?? this.#saved(idea);
  }

  get answered() {
    return (this.hand ?? []).filter(({ id }) => answered(this.said(id))).length;
  }

  /** Read the hand again, for example because the board has changed. @returns {Promise<boolean>} whether it is known now */
  async renew() {
    const before = this.acknowledged;
    const answer = await get("/live/marks", this.#who());
    // A mark was acknowledged while this was on its way: nobody knows which of the two answers is the older one.
    if (answer.ok && before !== this.acknowledged) return this.renew();
    if (answer.ok) this.hand = answer.data.ideas;
    else this.sentence = answer.sentence;
    this.changed();
    if (this.pending.size) this.send();
    return answer.ok || !answer.lost;
  }

  /** @param {string} idea @param {Partial<Said>} says */
  mark(idea, says) {
    const now = this.said(idea);
    const next = says.passed ? { ...now, passed: true } : { ...now, passed: false, ...says };
    this.tap(idea, next, this.#saved(idea));
  }

  /** @param {string} idea @param {Said} says */
  deliver(idea, says) {
    return post("/live/marks", { idea, ...says, ...this.#who() });
  }

  /** @param {{ideas: Dealt[]}} state */
  accept(state) {
    this.hand = state.ideas;
    this.acknowledged += 1;
  }

  /** @param {string} idea @returns {Said} */
  #saved(idea) {
    const dealt = this.hand?.find(({ id }) => id === idea);
    return dealt ? { impact: dealt.impact, feasibility: dealt.feasibility, passed: dealt.passed } : NOTHING;
  }

  /** @returns {Record<string, string>} */
  #who() {
    return this.person ? { person: this.person } : {};
  }
}

/** Whether nothing is left to say. @param {Said} said */
export function answered(said) {
  return said.passed || (said.impact !== null && said.feasibility !== null);
}
