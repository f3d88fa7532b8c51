// One person's dots: what the server has confirmed, and what was tapped since. A tap says "this idea has two dots".

import { get, post } from "./calls.js";
import { query } from "./stream.js";
import { Taps } from "./taps.js";

/** @typedef {{order: string[], dots: Record<string, number>, by_number: Record<string, number>, used: number, budget: number, cap: number, open: boolean}} Ballot */

/** @type {Map<string, Votes>} one for each person on this device, as long as the page lives */
const everybody = new Map();

/** @param {string} person empty for the only person on a phone @returns {Votes} */
export function votesOf(person) {
  const key = `${query().code} ${person}`;
  let votes = everybody.get(key);
  if (!votes) everybody.set(key, (votes = new Votes(person)));
  return votes;
}

/** After a long sleep: somebody may have voted on another device. */
export function doubtAll() {
  for (const votes of everybody.values()) votes.doubtful = true;
}

/** @extends {Taps<number>} dots by idea */
export class Votes extends Taps {
  /** @param {string} person */
  constructor(person) {
    super(`roundtable votes ${query().code} ${person}`);
    this.person = person;
    /** @type {Ballot | null} */
    this.ballot = null;
    this.doubtful = false;
    this.acknowledged = 0;
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

  /** Read the ballot again, for example because the board has changed. @returns {Promise<boolean>} whether it is known now */
  async renew() {
    const before = this.acknowledged;
    const answer = await get("/live/ballot", this.#who());
    // A dot was acknowledged while this was on its way: nobody knows which of the two answers is the older one.
    if (answer.ok && before !== this.acknowledged) return this.renew();
    if (answer.ok) {
      this.ballot = answer.data;
      this.doubtful = false;
    } else this.sentence = answer.sentence;
    this.changed();
    if (this.pending.size) this.send();
    return answer.ok || !answer.lost;
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
    return post("/live/vote", { idea, dots, ...this.#who() });
  }

  /** @param {Ballot} given  everything but the order, which a vote does not change */
  accept(given) {
    this.ballot = { ...this.ballot, ...given };
    this.acknowledged += 1;
  }

  /** @returns {Record<string, string>} */
  #who() {
    return this.person ? { person: this.person } : {};
  }
}
