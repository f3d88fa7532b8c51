// The top of every phone: where am I, how long is left, does it work, what shall I do now. It also tells the page's own
// style and the forms, through attributes of <html>, which step it is and what may be done.

import * as countdown from "./countdown.js";
import { find, isTyping, make, set, show, write } from "./dom.js";
import { again, join } from "./stream.js";

/** @typedef {import("./stream.js").Topic} Topic */

const WORDS = {
  connecting: "connecting",
  live: "live",
  reconnecting: "reconnecting - your text is kept",
  polling: "slow connection - every 10 seconds",
  elsewhere: "open in another tab - tap here to continue",
  refused: "not connected",
};
const ACTS = ["write", "publish", "revise", "build", "vote"];

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  const bar = make("div", { class: "bar" }, [
    make("div", { class: "where" }, [make("strong", { class: "workshop" }), make("span", { class: "table" })]),
    make("div", { class: "clock", role: "timer" }),
    make("div", { class: "connection", "data-connection": "connecting" }, [
      make("span", { class: "dot", "aria-hidden": "true" }),
      make("span", { class: "words", role: "status" }),
    ]),
  ]);
  const top = make("div", { class: "room" }, [bar, make("p", { class: "sentence", role: "status" })]);
  root.append(top);
  /** @type {Topic | null} */
  let room = null;
  let place = "";
  let step = "";
  let leave = () => {};

  const draw = () => {
    if (!room) return;
    const begins = step !== "" && step !== room.step.key;
    if (begins && !isTyping()) top.scrollIntoView({ block: "start" });
    step = room.step.key;
    write(find(top, ".workshop"), room.workshop);
    write(find(top, ".sentence"), sentenceOf(room));
    drawClock(find(top, ".clock"), room);
    markPage(room);
  };
  const timer = setInterval(draw, 500);

  return {
    /** @param {any} component */
    update({ data }) {
      write(find(top, ".table"), data.table ?? "");
      show(find(top, ".table"), Boolean(data.table));
      const wanted = `${data.code} ${data.table}`;
      if (wanted === place) return;
      if (place.startsWith(`${data.code} `)) again();
      place = wanted;
      leave();
      leave = join({ code: data.code }, {
        draws: "all", // the stage below wants all of it: asking at once saves every phone a second connection
        onTopic: (topic) => { if (topic.topic === "room") { room = topic; draw(); } },
        onConnection: (connection, sentence) => {
          set(find(top, ".connection"), "data-connection", connection);
          write(find(top, ".words"), sentence || WORDS[connection]);
        },
      });
    },
    unmount() {
      clearInterval(timer);
      leave();
      top.remove();
      unmarkPage();
    },
  };
}

/** @param {Topic} room */
function sentenceOf(room) {
  const late = Math.ceil(countdown.late(room));
  if (late > 0 && hasUnsentText()) return `Writing is over. What you send in the next ${late} s still counts, marked as late.`;
  if (room.status === "closed") return "This step is closed. The next one opens in a moment.";
  return room.step.sentence;
}

/** @param {HTMLElement} clock @param {Topic} room */
function drawClock(clock, room) {
  const left = countdown.remaining(room);
  show(clock, left !== null && room.status !== "closed");
  if (left === null) return;
  write(clock, countdown.spoken(left));
  set(clock, "data-state", room.status === "paused" ? "paused" : left < 0 ? "over" : left <= 60 ? "soon" : "running");
  const minutes = Math.max(0, Math.ceil(left / 60));
  set(clock, "aria-label", room.status === "paused" ? "The clock is paused" : `About ${minutes} minutes left`);
}

/** @param {Topic} room */
function markPage(room) {
  const may = countdown.may(room);
  const page = document.documentElement;
  set(page, "data-step", room.step.kind);
  set(page, "data-step-key", room.step.key);
  set(page, "data-status", room.status);
  for (const act of ACTS) set(page, `data-may-${act}`, may.includes(act) ? "yes" : "no");
  // The minute for late saves is for texts that were begun; nobody else needs to see the form then.
  if (countdown.late(room) > 0 && !hasUnsentText()) set(page, "data-may-write", "no");
}

/** Whether a form of the page holds a text: the form says so. */
function hasUnsentText() {
  return document.documentElement.dataset.typed === "yes";
}

function unmarkPage() {
  for (const name of ["data-step", "data-step-key", "data-status", ...ACTS.map((act) => `data-may-${act}`)]) {
    document.documentElement.removeAttribute(name);
  }
}
