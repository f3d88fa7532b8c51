// The clock of the step, large, for wall and desk.

import * as countdown from "./countdown.js";
import { make, set, show, write } from "./dom.js";
import { join } from "./stream.js";

/** @typedef {import("./stream.js").Topic} Topic */

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  const face = make("div", { class: "face", role: "timer" });
  const words = make("div", { class: "words" });
  const clock = make("div", { class: "big" }, [face, words]);
  root.append(clock);
  /** @type {Topic | null} */
  let room = null;
  let place = "";
  let connected = true;
  let leave = () => {};

  const draw = () => {
    const left = room && countdown.remaining(room);
    const state = !room || room.status === "closed" ? "closed" : room.status;
    const counting = left !== null && state !== "closed";
    write(face, !room ? "" : counting ? countdown.spoken(left) : countdown.timeOfDay(room));
    set(face, "data-state", !counting ? "time" : state === "paused" ? "paused" : (left ?? 0) < 0 ? "over" : (left ?? 99) <= 60 ? "soon" : "running");
    write(words, !connected ? "reconnecting" : state === "paused" ? "paused" : state === "closed" && room ? "closed" : "");
    show(words, words.textContent !== "");
  };
  const timer = setInterval(draw, 250);

  return {
    /** @param {any} component */
    update({ data }) {
      set(clock, "data-size", data.size);
      const wanted = `${data.code} ${data.as}`;
      if (wanted === place) return;
      place = wanted;
      leave();
      leave = join({ code: data.code, as: data.as }, {
        draws: ["room"],
        onTopic: (topic) => { room = topic; draw(); },
        onConnection: (connection) => { connected = connection === "live" || connection === "connecting" || connection === "polling"; draw(); },
      });
    },
    unmount() {
      clearInterval(timer);
      leave();
      clock.remove();
    },
  };
}
