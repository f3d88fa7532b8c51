// A list of results whose later lines are one line, which opens: what has little to show, and what stands far down.

import { counted, find, make, show, write } from "./dom.js";

const MOST = 10;

/** The list and the line below it, for a section. */
export function folded() {
  return [
    make("ol", { class: "ranks" }),
    make("details", { class: "rest", hidden: "" }, [make("summary"), make("ol", { class: "ranks" })]),
  ];
}

/**
 * Draw the first lines, and those that are of interest wherever they stand; the others when somebody opens them.
 * @template T
 * @param {HTMLElement} section
 * @param {T[]} rows
 * @param {{isKnown: (row: T) => boolean, unknown: string, stays?: (row: T) => boolean}} how  which rows have something to show, and what is said of the others
 * @param {(list: HTMLElement, rows: T[]) => void} draw
 */
export function drawFolded(section, rows, { isKnown, unknown, stays }, draw) {
  const stands = (/** @type {T} */ row, /** @type {number} */ place) => stays?.(row) || (place < MOST && isKnown(row));
  const first = rows.filter(stands);
  const rest = rows.filter((row, place) => !stands(row, place));
  const details = /** @type {HTMLDetailsElement} */ (find(section, ".rest"));
  const below = find(details, "ol");
  draw(find(section, "ol"), first);
  show(details, rest.length > 0);
  write(find(details, "summary"), told(rest.length, rest.filter((row) => !isKnown(row)).length, unknown, first.length > 0));
  details.ontoggle = () => draw(below, details.open ? rest : []);
  if (details.open) draw(below, rest);
}

/** "12 more ideas without votes", "20 more ideas, 12 of them without votes". @param {number} all @param {number} some @param {string} unknown @param {boolean} more */
function told(all, some, unknown, more) {
  const ideas = counted(all, more ? "more idea" : "idea");
  if (some === 0) return ideas;
  return some === all ? `${ideas} ${unknown}` : `${ideas}, ${some} of them ${unknown}`;
}
