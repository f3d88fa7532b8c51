// Ready to go on, or not yet: one button in every step that asks, and how many at the table are. On a tablet it speaks
// for everybody around it.

import { post } from "./calls.js";
import { make, set, show, write } from "./dom.js";
import { query } from "./stream.js";
import { Taps } from "./taps.js";

/** @typedef {import("./stage.js").Stage} Stage */

const DOUBLE_TAP = 500; // two taps so close to each other are one: the second must not take the first back

/** @type {Map<string, Ready>} one for each step and whoever is on this device, as long as the page lives */
const everything = new Map();

/** @extends {Taps<boolean>} by the key of the step; a tap is for the step in which it was made */
class Ready extends Taps {
  /** @type {(me: any) => void} */
  acknowledged = () => {};
  tappedAt = -DOUBLE_TAP;

  /** @param {string} step @param {boolean} ready */
  deliver(step, ready) {
    return post("/live/ready", { step, ready });
  }

  /** @param {any} me */
  accept(me) {
    this.acknowledged(me);
  }
}

/** @param {Stage} stage */
export function light(stage) {
  const button = make("button", { type: "button", class: "ready" });
  const count = make("span", { class: "at-table" });
  const hint = make("span", { class: "hint", role: "status" });
  const problem = make("span", { class: "problem", role: "alert", hidden: "" });
  const box = make("div", { class: "stage light", hidden: "" }, [count, button, hint, problem]);
  /** @type {Ready | null} */
  let taps = null;

  const draw = () => {
    const room = stage.topic("room");
    const people = stage.me?.people ?? [];
    const asked = Boolean(people.length && room?.may.includes("ready"));
    show(box, asked);
    if (!asked) return;
    const step = room.step.key;
    const mine = follow(`roundtable ready ${query().code} ${step} ${stage.me.tablet ? stage.me.table_id : people[0].id}`);
    const saved = people.every((/** @type {any} */ person) => person.ready.includes(step));
    const now = mine.pending.get(step) ?? saved;
    write(button, stage.me.tablet ? "We are ready" : "I am ready");
    set(button, "aria-pressed", String(now)); // without a value it would be no switch
    button.onclick = () => {
      if (performance.now() - mine.tappedAt < DOUBLE_TAP) return;
      mine.tappedAt = performance.now();
      mine.tap(step, !now, saved);
    };
    const table = stage.topic("ready_at");
    write(count, table?.of > 1 ? `Ready at your table: ${table.ready[step] ?? 0}\u00a0of\u00a0${table.of}` : "");
    write(hint, mine.lost ? "Not sent yet. It is sent again by itself." : now ? "Tap again if you need more time." : "Tells the moderator you can go on.");
    write(problem, mine.lost ? "" : mine.sentence);
    show(problem, Boolean(mine.sentence) && !mine.lost);
  };

  /** What was tapped in this step, also before a reload. @param {string} place @returns {Ready} */
  const follow = (place) => {
    let found = everything.get(place);
    if (!found) everything.set(place, (found = new Ready(place)));
    if (found === taps) return found;
    if (taps) taps.changed = () => {};
    taps = found;
    found.changed = draw;
    found.acknowledged = stage.renew;
    if (found.pending.size) found.send();
    return found;
  };

  return { box, draw, end() { if (taps) taps.changed = () => {}; } };
}
