// Wall and desk: say that something they show has changed. One trigger at a time: the next one waits until the fragment
// was drawn again, so a burst of changes is one rerun.

import { runPage } from "./comeback.js";
import { join } from "./stream.js";

// The breath is so many times as long as the last answer took: a busy server is asked less often, and its taps come first.
const EAGER = { leastPause: 250, breath: 2 }; // a whole room looks at the wall, and waits for its idea there
const CALM = { leastPause: 500, breath: 4 };
const LONGEST_PAUSE = 1_500;
const LONGEST_WAIT = 8_000; // a rerun that never came back must not silence the screen for ever: then the page runs

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  void root;
  /** @type {any} */
  let component = null;
  /** @type {Record<string, number>} */
  let newest = {};
  let place = "";
  let asked = "";
  let askedAt = -LONGEST_WAIT;
  let took = 0;
  let waits = false;
  let timer = 0;
  let leave = () => {};

  const look = () => {
    clearTimeout(timer);
    const { drawn, topics, eager } = component.data;
    const stale = Object.keys(newest).filter((name) => covered(topics, name) && newest[name] > (drawn[name] ?? 0));
    if (!stale.length) return;
    const state = JSON.stringify(drawn);
    const unanswered = state === asked;
    const { leastPause, breath } = eager ? EAGER : CALM;
    const pause = unanswered ? LONGEST_WAIT : Math.min(Math.max(leastPause, breath * took), LONGEST_PAUSE);
    const wait = askedAt + pause - performance.now();
    if (wait > 0) {
      timer = setTimeout(look, wait);
      return;
    }
    asked = state;
    askedAt = performance.now();
    waits = true;
    if (unanswered) runPage();
    else component.setTriggerValue("changed", stale.sort().join(","));
    timer = setTimeout(look, LONGEST_WAIT);
  };

  return {
    /** @param {any} latest */
    update(latest) {
      component = latest;
      if (waits && JSON.stringify(latest.data.drawn) !== asked) {
        took = performance.now() - askedAt;
        waits = false;
      }
      const wanted = `${latest.data.code} ${latest.data.as}`;
      if (wanted !== place) {
        place = wanted;
        newest = {};
        leave();
        leave = join({ code: latest.data.code, as: latest.data.as }, {
          draws: [],
          onChanged: (revisions) => { newest = revisions; look(); },
        });
      }
      look();
    },
    unmount() {
      clearTimeout(timer);
      leave();
    },
  };
}

/** Whether the fragment shows a topic; "table" stands for every table. @param {string[]} topics @param {string} name */
function covered(topics, name) {
  return topics.includes(name) || topics.includes(name.split(":")[0]);
}
