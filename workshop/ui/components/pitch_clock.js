// The forty seconds of a pitch, large, for wall and desk. Started and stopped by the moderator, counted by the server's clock.

import { until } from "./countdown.js";
import { make, set, write } from "./dom.js";
import { join, known } from "./stream.js";

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  const face = make("div", { class: "pitch-face", role: "timer" });
  root.append(face);
  let place = "";
  let card = "";
  let leave = () => {};

  const draw = () => {
    const room = known("room");
    const pitch = known("pitch");
    if (!room || !pitch) return;
    const here = String(pitch.idea ?? "") === card; // a held wall may keep another card than the one that is pitched
    const left = here && pitch.ends !== null ? until(room, pitch.ends) : null;
    write(face, !here ? "" : left === null ? `${pitch.seconds} s` : left > 0 ? `${Math.ceil(left)} s` : "Time");
    set(face, "data-state", left === null ? "still" : left <= 0 ? "over" : left <= 10 ? "soon" : "running");
  };
  const timer = setInterval(draw, 250);

  return {
    /** @param {any} component */
    update({ data }) {
      card = data.card;
      const wanted = `${data.code} ${data.as}`;
      if (wanted !== place) {
        place = wanted;
        leave();
        leave = join({ code: data.code, as: data.as }, { draws: ["room", "pitch"], onTopic: draw });
      }
      draw();
    },
    unmount() {
      clearInterval(timer);
      leave();
      face.remove();
    },
  };
}
