// "We have read it", said of an idea by anybody at the table; sent until it is acknowledged, also after a reload.

import { post } from "./calls.js";
import { query } from "./stream.js";
import { Taps } from "./taps.js";

/** @type {Map<string, Reads>} one for each table, as long as the page lives */
const everything = new Map();

/** @extends {Taps<boolean>} by idea */
export class Reads extends Taps {
  /** @type {(hand: any) => void} */
  acknowledged = () => {};

  /** @param {string} idea */
  deliver(idea) {
    return post("/live/read", { idea });
  }

  /** @param {any} hand */
  accept(hand) {
    this.acknowledged(hand);
  }
}

/** Of whoever is on this device. @param {string} holder the table, or the person without one @returns {Reads} */
export function readsOf(holder) {
  const place = `roundtable read ${query().code} ${holder}`;
  let found = everything.get(place);
  if (!found) {
    everything.set(place, (found = new Reads(place)));
    if (found.pending.size) found.send();
  }
  return found;
}
