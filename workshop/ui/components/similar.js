// While somebody writes: ideas that they may see and that say this already, or nearly. People read both and decide;
// nothing is merged, and the focus stays where it is. One line below "Send" says so; the texts are shown when asked for.

import { post } from "./calls.js";
import { find, keyed, make, set, show, write } from "./dom.js";
import { join, known } from "./stream.js";

const PAUSE = 400; // after the last key
const SPACING = 2_000; // between two questions of one phone
const SPREAD = 3_000; // a whole room must not ask in the moment in which its step opens
const FEWEST_WORDS = 3;

/**
 * @typedef {{id: string, number: number, title: string, pitch: string, credit: string, maybe_same: boolean, where: "own" | "table" | "hand" | "board", completable: boolean, buildable: boolean}} Hint
 * @typedef {{person: string | null, idea: string | null, title: string, pitch: string}} Written
 */

/**
 * @param {ShadowRoot | HTMLElement} root  where the hints are drawn
 * @param {string} code
 * @param {() => Written | null} written  what stands in the form
 * @param {(idea: string) => void} build  build on this idea instead
 */
export function watchSimilar(root, code, written, build) {
  const sentence = make("p", { class: "alike", role: "status" });
  const toggle = make("button", { type: "button", "aria-expanded": "false" });
  const list = make("ul", { class: "found", hidden: "" });
  const box = make("section", { class: "similar" }, [make("div", { class: "strip" }, [sentence, toggle]), list]);
  root.append(box);
  /** @type {Hint[]} */
  let found = [];
  let open = false;
  let begun = false; // somebody has typed into this form
  let last = "";
  let timer = 0;
  let asking = 0;
  let askedAt = -SPACING;
  let step = "";
  let board = -1;

  const askIn = (/** @type {number} */ wait) => {
    clearTimeout(timer);
    timer = setTimeout(ask, Math.max(wait, askedAt + SPACING - performance.now()));
  };

  const ask = async () => {
    timer = 0;
    const text = written();
    const said = JSON.stringify(text);
    if (said === last) return;
    last = said;
    const turn = ++asking;
    const words = text ? `${text.title} ${text.pitch}`.trim().split(/\s+/).length : 0;
    if (!text || words < FEWEST_WORDS || document.documentElement.dataset.mayWrite !== "yes") return take([]);
    askedAt = performance.now();
    const answer = await post("/live/similar", text);
    if (turn === asking) take(answer.ok ? answer.data.similar : []);
  };

  const take = (/** @type {Hint[]} */ hints) => {
    found = hints.filter(stillThere);
    if (!found.length) open = false;
    draw();
  };

  /** What was asked before may not be seen any more: take it away at once, then look again. */
  const doubt = (/** @type {(hint: Hint) => boolean} */ stays) => {
    asking += 1;
    last = "";
    take(found.filter(stays));
    if (begun) askIn(PAUSE + Math.random() * SPREAD);
  };

  const draw = () => {
    const [first, ...others] = found;
    const more = others.length ? `, and ${others.length} more` : "";
    keyed(sentence, first ? [first] : [], (hint) => hint.id, () => make("span", {}, [make("span", { class: "what" }), " ", make("span", { class: "how" })]), (line, hint) => {
      write(find(line, ".what"), `${named(hint)}:`);
      write(find(line, ".how"), likeness(hint) + more);
    });
    write(toggle, open ? "Close" : "Read");
    set(toggle, "aria-label", open ? "Close the similar ideas" : `Read ${others.length ? "the similar ideas" : first ? named(first) : ""}`);
    set(toggle, "aria-expanded", open ? "true" : "false");
    show(toggle, Boolean(first));
    show(list, open);
    keyed(list, open ? found : [], (hint) => hint.id, newHint, (item, hint) => drawHint(item, hint, () => build(hint.id)));
  };

  toggle.onclick = () => {
    open = !open;
    draw();
    if (open) box.scrollIntoView({ block: "nearest" });
  };

  const leave = join({ code }, {
    draws: ["room", "table"],
    onTopic(topic) {
      if (topic.topic === "table") {
        if (!found.every(stillThere) || found.some((hint) => hint.where === "own")) doubt(stillThere);
        else take(found.map((hint) => ({ ...hint, ...texts(hint) })));
      } else if (topic.topic === "room" && step !== `${topic.step.key} ${topic.status} ${topic.sees}`) {
        step = `${topic.step.key} ${topic.status} ${topic.sees}`;
        if (begun) doubt(() => false);
      }
    },
    onChanged(revisions) {
      const news = (revisions.board ?? -1) !== board;
      board = revisions.board ?? -1;
      if (news && found.some((hint) => hint.where === "board")) doubt((hint) => hint.where !== "board");
    },
  });

  return {
    /** Somebody is typing, or has chosen something. */
    touched() {
      begun = true;
      askIn(PAUSE);
    },
    /** Dictation causes no event that we could rely on. */
    look() {
      if (begun && !timer && JSON.stringify(written()) !== last) askIn(PAUSE);
    },
    /** A form that nobody has typed into yet. */
    begin() {
      clearTimeout(timer);
      timer = 0;
      asking += 1;
      begun = false;
      take([]);
    },
    end() {
      leave();
      clearTimeout(timer);
      asking += 1;
      box.remove();
    },
  };
}

/** Whether the table that we know of still shows what stands there. @param {Hint} hint */
function stillThere(hint) {
  return hint.where !== "table" || texts(hint) !== undefined;
}

/** The idea as its table sees it now. @param {Hint} hint @returns {{title: string, pitch: string} | undefined} */
function texts(hint) {
  const idea = known("table")?.ideas.find((/** @type {any} */ each) => each.id === hint.id);
  return idea && { title: idea.title, pitch: idea.pitch };
}

/** @param {Hint} hint */
function named(hint) {
  return `#${hint.number} ${hint.title}`;
}

/** @param {Hint} hint */
function likeness(hint) {
  return hint.maybe_same ? "may be the same" : "related";
}

/** @param {Hint} hint */
function place(hint) {
  if (hint.where === "own") return "You have sent this one.";
  if (hint.completable) return "Your table has it. Complete it together: it stands in the list on this page.";
  if (hint.where === "hand") return "Your table reads it: it stands on this page.";
  return hint.where === "table" ? "Your table has it." : "It is on the board.";
}

function newHint() {
  return make("li", {}, [
    make("h3"),
    make("p", { class: "how" }),
    make("p", { class: "pitch" }),
    make("p", { class: "credit" }),
    make("p", { class: "place" }),
    make("button", { type: "button", class: "build", text: "Build on it" }),
  ]);
}

/** @param {HTMLElement} item @param {Hint} hint @param {() => void} build */
function drawHint(item, hint, build) {
  const button = find(item, ".build");
  show(button, hint.buildable);
  set(button, "aria-label", `Build on it: ${named(hint)}`);
  button.onclick = build;
  write(find(item, "h3"), named(hint));
  write(find(item, ".how"), likeness(hint));
  for (const [name, text] of /** @type {[string, string][]} */ ([["pitch", hint.pitch], ["credit", hint.credit], ["place", place(hint)]])) {
    write(find(item, `.${name}`), text);
    show(find(item, `.${name}`), Boolean(text));
  }
}
