// What the next steps need is read ahead, by each phone at a moment of its own: a whole room opens a vote in the same second.

import { boardIsKnown, readBoard } from "./board.js";
import { votesOf } from "./votes.js";

/** @typedef {import("./stage.js").Stage} Stage */

const SOON = 10_000;
const AGAIN = 60_000; // the moderator may still change the board; who has an old one reads it again when the vote opens

/** The board and the ballot. @param {Stage} stage */
export function ahead(stage) {
  let timer = 0;
  let within = SOON;
  const look = async () => {
    timer = 0;
    const [first] = stage.me.people;
    await readBoard(stage.boardRevision); // first: then the ballot lists what stands on it, or more
    const votes = first && votesOf(first.id);
    if (votes && !votes.pending.size) await votes.renew(); // dots that wait for the vote to open again are not sent before
  };
  return {
    draw() {
      if (timer || !stage.me || boardIsKnown(stage.boardRevision)) return;
      timer = setTimeout(look, within * (0.2 + 0.8 * Math.random()));
      within = AGAIN;
    },
    end() { clearTimeout(timer); },
  };
}
