// One person's dots. A tap says "this idea has two dots".

import { post } from "./calls.js";
import { PersonalTaps, ofEverybody } from "./personal_taps.js";

/** @typedef {{order: number[], dots: Record<string, number>, by_number: Record<string, number>, used: number, budget: number, cap: number, open: boolean}} Ballot */

/** @extends {PersonalTaps<number>} dots by idea */
export class Votes extends PersonalTaps {
  /** @param {string} person */
  constructor(person) {
    super("votes", "/live/ballot", person);
    /** @type {Ballot | null} */
    this.ballot = null;
    this.doubtful = false; // after a long sleep: somebody may have voted on another device
  }

  get order() {
    return this.ballot?.order ?? null;
  }

  /** @param {string} idea */
  dots(idea) {
    return this.pending.get(idea) ?? this.ballot?.dots[idea] ?? 0;
  }

  get left() {
    if (!this.ballot) return 0;
    let used = this.ballot.used;
    for (const [idea, dots] of this.pending) used += dots - (this.ballot.dots[idea] ?? 0);
    return this.ballot.budget - used;
  }

  /** @param {string} idea @param {number} dots */
  give(idea, dots) {
    if (!this.ballot || dots === this.dots(idea)) return;
    const more = dots - this.dots(idea);
    if (more > this.left) {
      this.sentence = `You have ${this.left} of ${this.ballot.budget} dots left. Take dots back from another idea first.`;
      this.changed();
      return;
    }
    this.tap(idea, dots, this.ballot.dots[idea] ?? 0);
  }

  /** @param {string} idea @param {number} dots */
  deliver(idea, dots) {
    return post("/live/vote", { idea, dots, ...this.who });
  }

  /** @param {Ballot} given  without the order where it is the answer to a vote, which does not change it */
  take(given) {
    this.ballot = { ...this.ballot, ...given };
    this.doubtful = false;
  }
}

const everybody = ofEverybody(Votes);

export const votesOf = everybody.of;

export function doubtAll() {
  for (const votes of everybody.all()) votes.doubtful = true;
}
