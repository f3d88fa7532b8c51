// Taps on their way. Each says what shall be true ("this idea has two dots"), so it can be sent again until it is
// acknowledged; what the server refuses is taken back with its sentence. They are kept on the phone over a reload.

/** @typedef {import("./calls.js").Answer} Answer */

const KEPT_MINUTES = 10;
const LONGEST_PAUSE = 10_000;

/** @template T what a tap says of a thing */
export class Taps {
  #place;

  /** @param {string} place under which they are kept on this phone */
  constructor(place) {
    this.#place = place;
    /** @type {Map<string, T>} by thing, in the order of the taps */
    this.pending = this.#kept();
    this.sentence = "";
    this.lost = false;
    this.sending = false;
    /** @type {() => void} */
    this.changed = () => {};
  }

  /** Send what a tap says. @param {string} thing @param {T} says @returns {Promise<Answer>} */
  async deliver(thing, says) {
    throw new Error(`nobody delivers ${thing} ${says}`);
  }

  /** Take the state with which the server acknowledged. @param {any} state */
  accept(state) {
    void state;
  }

  /** Shown at once, sent until it is acknowledged. @param {string} thing @param {T} says @param {T | undefined} now what is acknowledged */
  tap(thing, says, now) {
    this.pending.delete(thing);
    if (says !== now || this.sending) this.pending.set(thing, says);
    this.sentence = "";
    this.#keep();
    this.changed();
    this.send();
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    let pause = 500;
    while (this.pending.size) {
      const [thing, says] = /** @type {[string, T]} */ (this.pending.entries().next().value);
      const answer = await this.deliver(thing, says);
      this.lost = !answer.ok && answer.lost;
      if (answer.ok) this.accept(answer.data);
      else this.sentence = answer.sentence;
      if (this.lost) {
        this.changed();
        await new Promise((wait) => setTimeout(wait, pause * (0.5 + Math.random())));
        pause = Math.min(LONGEST_PAUSE, pause * 2);
        continue;
      }
      pause = 500;
      if (this.pending.get(thing) === says) this.pending.delete(thing);
      if (answer.ok) this.sentence = "";
      this.#keep();
      this.changed();
    }
    this.sending = false;
    this.changed();
  }

  #keep() {
    try {
      if (this.pending.size) localStorage.setItem(this.#place, JSON.stringify({ at: Date.now(), taps: [...this.pending] }));
      else localStorage.removeItem(this.#place);
    } catch {
      // Private windows may keep nothing; then a reload in a dead spot loses the tap, and the screen shows that.
    }
  }

  /** @returns {Map<string, T>} */
  #kept() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#place) ?? "null");
      return new Map(kept && Math.abs(Date.now() - kept.at) < KEPT_MINUTES * 60_000 ? kept.taps : []);
    } catch {
      return new Map();
    }
  }
}
