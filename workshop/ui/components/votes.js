// One person's dots: what the server has confirmed, and what was tapped since. A tap says "this idea has two dots", so
// it can be sent again until it is acknowledged; what the server refuses is taken back with its sentence.

import { get, post } from "./calls.js";
import { query } from "./stream.js";

/** @typedef {{order: string[], dots: Record<string, number>, by_number: Record<string, number>, used: number, budget: number, cap: number, open: boolean}} Ballot */

const KEPT_MINUTES = 10;
const LONGEST_PAUSE = 10_000;

/** @type {Map<string, Votes>} one for each person on this device, as long as the page lives */
const everybody = new Map();

/** @param {string} person empty for the only person on a phone @returns {Votes} */
export function votesOf(person) {
  const key = `${query().code} ${person}`;
  let votes = everybody.get(key);
  if (!votes) everybody.set(key, (votes = new Votes(person)));
  return votes;
}

export class Votes {
  /** @param {string} person */
  constructor(person) {
    this.person = person;
    /** @type {Ballot | null} */
    this.ballot = null;
    /** @type {Map<string, number>} dots by idea that are on their way, in the order of the taps */
    this.pending = this.#kept();
    this.sentence = "";
    this.lost = false;
    this.sending = false;
    this.acknowledged = 0;
    /** @type {() => void} */
    this.changed = () => {};
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

  /** Read the ballot again, for example because the board has changed. */
  async renew() {
    const before = this.acknowledged;
    const answer = await get("/live/ballot", this.#who());
    // A dot was acknowledged while this was on its way: nobody knows which of the two answers is the older one.
    if (answer.ok && before !== this.acknowledged) return this.renew();
    if (answer.ok) this.ballot = answer.data;
    else this.sentence = answer.sentence;
    this.changed();
    if (this.pending.size) this.#send();
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
    this.pending.delete(idea);
    if (dots !== (this.ballot.dots[idea] ?? 0) || this.sending) this.pending.set(idea, dots);
    this.sentence = "";
    this.#keep();
    this.changed();
    this.#send();
  }

  async #send() {
    if (this.sending) return;
    this.sending = true;
    let pause = 500;
    while (this.pending.size) {
      const [idea, dots] = /** @type {[string, number]} */ (this.pending.entries().next().value);
      const answer = await post("/live/vote", { idea, dots, ...this.#who() });
      this.lost = !answer.ok && answer.lost;
      if (answer.ok) {
        this.ballot = answer.data;
        this.acknowledged += 1;
      } else this.sentence = answer.sentence;
      if (this.lost) {
        this.changed();
        await new Promise((wait) => setTimeout(wait, pause * (0.5 + Math.random())));
        pause = Math.min(LONGEST_PAUSE, pause * 2);
        continue;
      }
      pause = 500;
      if (this.pending.get(idea) === dots) this.pending.delete(idea);
      if (answer.ok) this.sentence = "";
      this.#keep();
      this.changed();
    }
    this.sending = false;
    this.changed();
  }

  #who() {
    return this.person ? { person: this.person } : {};
  }

  get #place() {
    return `roundtable votes ${query().code} ${this.person}`;
  }

  #keep() {
    try {
      if (this.pending.size) localStorage.setItem(this.#place, JSON.stringify({ at: Date.now(), taps: [...this.pending] }));
      else localStorage.removeItem(this.#place);
    } catch {
      // Private windows may keep nothing; then a reload in a dead spot loses the tap, and the ballot shows that.
    }
  }

  /** @returns {Map<string, number>} */
  #kept() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#place) ?? "null");
      return new Map(kept && Math.abs(Date.now() - kept.at) < KEPT_MINUTES * 60_000 ? kept.taps : []);
    } catch {
      return new Map();
    }
  }
}
