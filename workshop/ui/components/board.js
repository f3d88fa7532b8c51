// The ideas on the board, kept as long as the page lives: what was read in one step is there at once in the next.

import { get } from "./calls.js";
import { query } from "./stream.js";

/** @typedef {{ideas: any[], revision: number}} Board */

/** @type {Map<string, Board>} by room */
const boards = new Map();
/** @type {Map<string, Promise<boolean>>} by room, what is on its way */
const underway = new Map();

/** What is known; without ideas, and older than everything, until it was read. @returns {Board} */
export function knownBoard() {
  return boards.get(query().code) ?? { ideas: [], revision: -1 };
}

/** Whether nothing newer was heard of than what is known. @param {number} heard the newest revision that was heard of */
export function boardIsKnown(heard) {
  return knownBoard().revision >= Math.max(heard, 0);
}

/** Read it, unless it is known. @param {number} heard @returns {Promise<boolean>} false when it has to be asked for again */
export async function readBoard(heard) {
  const room = query().code;
  await underway.get(room); // which may have been answered before what was heard of
  if (boardIsKnown(heard)) return true;
  const asked = read(room).finally(() => underway.get(room) === asked && underway.delete(room));
  underway.set(room, asked);
  return asked;
}

/** @param {string} room */
async function read(room) {
  const answer = await get("/live/topic", { topic: "board" });
  if (!answer.ok) return !answer.lost;
  if (answer.data.revision >= (boards.get(room)?.revision ?? -1)) boards.set(room, answer.data);
  return true;
}
