// Share at the table: the table's ideas, and what goes on the board.

import { drawCard, makeCard } from "./cards.js";
import { find, keyed, make, set, show, write } from "./dom.js";
import { label, ownButtons, ownIdeas } from "./own_ideas.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View */

/** @param {Stage} stage @returns {View} */
export function tableIdeas(stage) {
  const count = make("p", { class: "lead", role: "status" });
  const { problem, sending, send, drawOwn } = ownIdeas(stage, () => draw());
  const empty = make("p", { class: "quiet", text: "Your table has no ideas yet. What is sent appears here for everybody at the table." });
  const list = make("ul", { class: "cards" });
  stage.box.append(count, problem, empty, list);

  const draw = () => {
    const table = stage.topic("table");
    const room = stage.topic("room");
    if (!table) return;
    /** @type {Map<string, string>} who on this device wrote which idea */
    const authors = new Map();
    for (const person of stage.me?.people ?? []) for (const idea of person.ideas) authors.set(idea.id, person.id);
    write(count, `${table.published} of ${table.published_limit} published`);
    show(empty, table.ideas.length === 0);
    keyed(list, table.ideas, (idea) => idea.id, newCard, (card, idea) => {
      drawCard(card, idea, room.sides);
      const publish = find(card, ".publish");
      const under = sending.has(idea.id);
      const full = table.published >= table.published_limit && !idea.published;
      label(publish, idea.published ? "Take off the board" : "Publish", idea);
      set(publish, "data-published", idea.published || null);
      set(publish, "aria-disabled", under || null);
      show(publish, room.may.includes("publish") && (under || !full));
      publish.onclick = () => send(idea, "/live/publish", { published: !idea.published });
      drawOwn(card, idea, authors.get(idea.id), stage.me !== null);
      write(find(card, ".state"), under ? "sending" : idea.published ? "On the board" : full ? "The board is full for your table" : "");
    });
  };
  return { draw };
}

function newCard() {
  const card = makeCard();
  find(card, ".actions").append(
    make("button", { type: "button", class: "publish" }),
    ...ownButtons(),
    make("span", { class: "state" }),
  );
  return card;
}
