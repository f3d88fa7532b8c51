// What is flagged from this device: what the server has confirmed, and what was tapped since. A tap says "this idea is
// in the wrong theme" of one theme, so it says nothing any more once the idea is in another one.

import { post } from "./calls.js";
import { query } from "./stream.js";
import { Taps } from "./taps.js";

/** @typedef {import("./stage.js").Stage} Stage */

const DOUBLE_TAP = 500; // two taps so close to each other are one: the second must not take the first back

/** @type {Map<string, Flags>} one for whoever is on this device, as long as the page lives */
const everything = new Map();

/** @extends {Taps<boolean>} by theme and idea */
export class Flags extends Taps {
  /** @type {any[]} */
  people = [];
  /** @type {(me: any) => void} */
  acknowledged = () => {};
  tappedAt = -DOUBLE_TAP;
  tapped = "";

  /** @param {string} theme @param {number} number */
  flagged(theme, number) {
    return this.pending.get(`${theme} ${number}`) ?? this.saved(theme, number);
  }

  /** @param {string} theme @param {number} number */
  saved(theme, number) {
    return this.people.every((person) => person.flags[number] === theme);
  }

  /** @param {string} theme @param {number} number */
  toggle(theme, number) {
    const thing = `${theme} ${number}`;
    if (thing === this.tapped && performance.now() - this.tappedAt < DOUBLE_TAP) return;
    this.tapped = thing;
    this.tappedAt = performance.now();
    this.tap(thing, !this.flagged(theme, number), this.saved(theme, number));
  }

  /** @param {string} thing @param {boolean} flagged */
  deliver(thing, flagged) {
    const place = thing.lastIndexOf(" ");
    return post("/live/flag", { idea: Number(thing.slice(place + 1)), theme: thing.slice(0, place), flagged });
  }

  /** @param {any} me */
  accept(me) {
    this.people = me.people;
    this.acknowledged(me);
  }
}

/**
 * The flags of whoever is on this device now, also those tapped before a reload; null while nobody is known.
 * @param {Stage} stage @param {Flags | null} before @param {() => void} changed @returns {Flags | null}
 */
export function flagsOf(stage, before, changed) {
  const people = stage.me?.people ?? [];
  if (!people.length) return null;
  const place = `roundtable flags ${query().code} ${stage.me.tablet ? stage.me.table_id : people[0].id}`;
  let found = everything.get(place);
  if (!found) everything.set(place, (found = new Flags(place)));
  found.people = people;
  if (found === before) return found;
  if (before) before.changed = () => {};
  found.changed = changed;
  found.acknowledged = stage.renew;
  if (found.pending.size) found.send();
  return found;
}
