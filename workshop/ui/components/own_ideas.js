// What a person may do with an own idea: change it in the form, or take it back. And sending what was tapped.

import { post } from "./calls.js";
import { find, make, set, show, write } from "./dom.js";

/** @typedef {import("./stage.js").Stage} Stage */

const SURE_SECONDS = 5;

/** The two buttons of an own idea. */
export function ownButtons() {
  return [make("button", { type: "button", class: "change" }), make("button", { type: "button", class: "withdraw" })];
}

/** A fixed label; its accessible name also says which idea. @param {HTMLElement} button @param {string} text @param {any} idea */
export function label(button, text, idea) {
  write(button, text);
  set(button, "aria-label", `${text}: #${idea.number} ${idea.title}`);
}

/**
 * @param {Stage} stage
 * @param {() => void} draw  draws the view again
 */
export function ownIdeas(stage, draw) {
  const problem = make("p", { class: "problem", role: "alert", hidden: "" });
  /** @type {Set<string>} ideas with something on its way */
  const sending = new Set();
  let sure = "";

  const tell = (/** @type {string} */ sentence) => {
    write(problem, sentence);
    show(problem, Boolean(sentence));
  };

  /** Send until it is acknowledged or refused. @param {any} idea @param {string} path @param {Record<string, any>} body */
  const send = async (idea, path, body) => {
    if (sending.has(idea.id)) return;
    sending.add(idea.id);
    tell("");
    draw();
    let answer = await post(path, { idea: idea.id, ...body });
    for (let pause = 1_000; !answer.ok && answer.lost; pause = Math.min(pause * 2, 15_000)) {
      tell(answer.sentence);
      await new Promise((wait) => setTimeout(wait, pause * (0.5 + Math.random())));
      answer = await post(path, { idea: idea.id, ...body });
    }
    sending.delete(idea.id);
    tell(answer.ok ? "" : answer.sentence);
    if (answer.ok && answer.data.people) stage.renew(answer.data);
    draw();
  };

  const withdraw = (/** @type {any} */ idea) => {
    if (sure === idea.id) {
      sure = "";
      send(idea, "/live/withdraw", {});
      return;
    }
    sure = idea.id;
    setTimeout(() => { if (sure === idea.id) { sure = ""; draw(); } }, SURE_SECONDS * 1000);
    draw();
  };

  /**
   * Draw the two buttons of an idea. Without an author on this device it is a neighbour's, which may be completed.
   * @param {HTMLElement} card @param {any} idea @param {string | undefined} author @param {boolean} open
   */
  const drawOwn = (card, idea, author, open) => {
    const mayNow = open && stage.topic("room").may.includes("revise");
    const change = find(card, ".change");
    const back = find(card, ".withdraw");
    label(change, author || stage.me?.tablet ? "Change" : "Complete", idea);
    label(back, sure === idea.id ? "Really withdraw?" : "Withdraw", idea);
    show(change, mayNow);
    show(back, mayNow && author !== undefined);
    change.onclick = () => stage.edit(idea.id, author);
    back.onclick = () => withdraw(idea);
  };

  return { problem, sending, send, drawOwn };
}
