// Taps of one person on all the ideas they judge: what the server has confirmed, and what was tapped since.

import { get } from "./calls.js";
import { query } from "./stream.js";
import { Taps } from "./taps.js";

/** @template T what a tap says of an idea @extends {Taps<T>} */
export class PersonalTaps extends Taps {
  #route;
  #acknowledged = 0;

  /** @param {string} what @param {string} route which reads what was said @param {string} person empty for the only person on a phone */
  constructor(what, route, person) {
    super(`roundtable ${what} ${query().code} ${person}`);
    this.#route = route;
    /** @type {Record<string, string>} */
    this.who = person ? { person } : {};
  }

  /** The ideas in this person's order, by id or number; null until they were read. @returns {(string | number)[] | null} */
  get order() {
    return null;
  }

  /** Take what the server says. @param {any} said */
  take(said) {
    void said;
  }

  /** Read again, for example because the board has changed. @returns {Promise<boolean>} whether it is known now */
  async renew() {
    const before = this.#acknowledged;
    const answer = await get(this.#route, this.who);
    // A tap was acknowledged while this was on its way: nobody knows which of the two answers is the older one.
    if (answer.ok && before !== this.#acknowledged) return this.renew();
    if (answer.ok) this.take(answer.data);
    else if (!answer.lost) this.sentence = answer.sentence; // what was lost is read again, and nobody has to know
    this.changed();
    if (this.pending.size) this.send();
    return answer.ok || !answer.lost;
  }

  /** @param {any} said */
  accept(said) {
    this.take(said);
    this.#acknowledged += 1;
  }
}

/**
 * One for each person on this device, as long as the page lives.
 * @template {PersonalTaps<any>} P @param {new (person: string) => P} Kind
 */
export function ofEverybody(Kind) {
  /** @type {Map<string, P>} */
  const everybody = new Map();
  return {
    /** @param {string} person empty for the only person on a phone @returns {P} */
    of(person) {
      const key = `${query().code} ${person}`;
      const found = everybody.get(key) ?? new Kind(person);
      everybody.set(key, found);
      return found;
    },
    all: () => everybody.values(),
  };
}
