// One person's marks. A tap says all of an idea: both marks.

import { post } from "./calls.js";
import { PersonalTaps, ofEverybody } from "./personal_taps.js";

/** @typedef {{impact: number | null, feasibility: number | null, passed: boolean}} Said @typedef {Said & {id: string}} Dealt */

/** @type {Said} */
const NOTHING = { impact: null, feasibility: null, passed: false };

/** @extends {PersonalTaps<Said>} by idea */
export class Marks extends PersonalTaps {
  /** @param {string} person */
  constructor(person) {
    super("marks", "/live/marks", person);
    /** @type {Dealt[] | null} */
    this.hand = null;
  }

  get order() {
    return this.hand?.map(({ id }) => id) ?? null;
  }

  /** @param {string} idea @returns {Said} */
  said(idea) {
    return this.pending.get(idea) ?? this.#saved(idea);
  }

  get answered() {
    return (this.hand ?? []).filter(({ id }) => answered(this.said(id))).length;
  }

  /** @param {string} idea @param {Partial<Said>} says */
  mark(idea, says) {
    const now = this.said(idea);
    const next = says.passed ? { ...now, passed: true } : { ...now, passed: false, ...says };
    this.tap(idea, next, this.#saved(idea));
  }

  /** @param {string} idea @param {Said} says */
  deliver(idea, says) {
    return post("/live/marks", { idea, ...says, ...this.who });
  }

  /** @param {{ideas: Dealt[]}} state */
  take(state) {
    this.hand = state.ideas;
  }

  /** @param {string} idea @returns {Said} */
  #saved(idea) {
    const dealt = this.hand?.find(({ id }) => id === idea);
    return dealt ? { impact: dealt.impact, feasibility: dealt.feasibility, passed: dealt.passed } : NOTHING;
  }
}

export const marksOf = ofEverybody(Marks).of;

/** Whether nothing is left to say. @param {Said} said */
export function answered(said) {
  return said.passed || (said.impact !== null && said.feasibility !== null);
}
