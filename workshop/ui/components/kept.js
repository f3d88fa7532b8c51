// What is typed, kept while it is typed: on the server and, as long as that is out of reach, on the phone. A reload, a
// dead battery or a dead spot loses nothing.

import { get, post } from "./calls.js";
import { query } from "./stream.js";

const PAUSE = 500;
const KEPT_HOURS = 12;

/** @typedef {Record<string, any>} Body texts, lists of texts, or texts by key */

/** One text of one person: `slot` names it among the person's texts. */
export class Kept {
  /** @param {string} person @param {string} slot @param {() => Body} typed what stands in the form now */
  constructor(person, slot, typed) {
    this.person = person;
    this.slot = slot;
    this.typed = typed;
    this.last = ""; // what the server has
    this.held = false; // the text is on its way to become something else
    this.over = false;
    this.sent = false;
    this.timer = 0;
    this.saving = false;
  }

  /**
   * What was being typed here before, on this phone or on another device, and whether the server has it; null when
   * there is nothing.
   * @returns {Promise<{body: Body, saved: boolean} | null>}
   */
  async before() {
    const here = this.#here();
    if (here) return { body: here, saved: false };
    let answer = await get("/live/draft", { person: this.person, slot: this.slot });
    for (let pause = 1_000; !answer.ok && answer.lost && !this.over; pause = Math.min(2 * pause, 10_000)) {
      await new Promise((wait) => setTimeout(wait, pause * (0.5 + Math.random())));
      answer = await get("/live/draft", { person: this.person, slot: this.slot });
    }
    return answer.ok && answer.data.body ? { body: answer.data.body, saved: true } : null;
  }

  /** Something was typed, or chosen. */
  touched() {
    this.#saveIn(PAUSE);
  }

  /** Whether something was typed that nobody has told of. */
  look() {
    if (!this.timer && !this.saving && JSON.stringify(this.typed()) !== this.last) this.save();
  }

  /** Keep what stands there now. @param {boolean} [leaving] the page is about to be closed */
  async save(leaving = false) {
    clearTimeout(this.timer);
    this.timer = 0;
    const body = this.typed();
    const text = JSON.stringify(body);
    if (this.over || this.held || text === this.last || (!this.last && !saysAnything(body))) return;
    this.#remember(body);
    if (this.saving && !leaving) return;
    this.saving = true;
    const answer = await post("/live/draft", { person: this.person, slot: this.slot, body }, leaving);
    this.saving = false;
    if (this.sent) {
      post("/live/draft", { person: this.person, slot: this.slot }); // it arrived after the text had become something else
      return;
    }
    const lost = !answer.ok && answer.lost;
    if (!lost) this.last = text;
    if (answer.ok && JSON.stringify(this.#here()) === text) this.#forget();
    if (this.over) return;
    if (lost) this.#saveIn(3_000 + Math.random() * 3_000);
    else if (JSON.stringify(this.typed()) !== text) this.touched();
  }

  /** The text has become something else; the server has thrown its draft away. */
  done() {
    this.end();
    this.sent = true;
    this.#forget();
  }

  /** Nobody types here any more; what was typed stays kept. */
  end() {
    clearTimeout(this.timer);
    this.over = true;
  }

  /** @param {number} wait */
  #saveIn(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  get #place() {
    return `roundtable draft ${query().code} ${this.person} ${this.slot}`;
  }

  /** @returns {Body | null} */
  #here() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#place) ?? "null");
      return kept && Math.abs(Date.now() - kept.at) < KEPT_HOURS * 3_600_000 ? kept.body : null;
    } catch {
      return null;
    }
  }

  /** @param {Body} body */
  #remember(body) {
    try {
      localStorage.setItem(this.#place, JSON.stringify({ at: Date.now(), body }));
    } catch {
      // Then the server alone keeps it.
    }
  }

  #forget() {
    try {
      localStorage.removeItem(this.#place);
    } catch {
      // Nothing was kept.
    }
  }
}

/** @param {any} value @returns {boolean} */
export function saysAnything(value) {
  if (typeof value === "string") return value.trim() !== "";
  return Object.values(value ?? {}).some(saysAnything);
}
