// What the raters say of each idea, in words and numbers, with how many they are; too few are no result.

import { counted, find, keyed, make, show, write } from "./dom.js";
import { drawFolded, folded } from "./folded.js";

const RATED = { isKnown: (/** @type {any} */ row) => Boolean(row.impact), unknown: "without enough ratings" };

export function ratedIdeas() {
  const note = make("p", { class: "quiet" });
  const box = make("section", { hidden: "" }, [make("h2", { text: "Impact and feasibility" }), note, ...folded()]);

  /** @param {any} results */
  const draw = (results) => {
    show(box, results.ratings.length > 0);
    write(note, `Average marks from 1 to 5, and in brackets where they would lie if everybody rated. An idea needs ${results.fewest_raters} raters.`);
    drawFolded(box, results.ratings, RATED, (list, those) =>
      keyed(list, those, (row) => String(row.number), newRow, (item, row) => {
        write(find(item, ".title"), `#${row.number} ${row.title}`);
        write(find(item, ".words"), inWords(row, results.fewest_raters));
        write(find(item, ".figures"), figures(row));
        show(find(item, ".figures"), Boolean(row.impact));
      }),
    );
  };
  return { box, draw };
}

function newRow() {
  return make("li", { class: "rank rated" }, [make("span", { class: "title" }), make("span", { class: "words" }), make("span", { class: "figures" })]);
}

/** @param {any} row @param {number} fewest */
function inWords(row, fewest) {
  if (!row.impact) return `Not enough ratings yet: ${row.raters} of ${fewest}`;
  const impact = row.impact.mean >= 3.5 ? "changes a lot" : row.impact.mean < 2.5 ? "changes little" : "changes something";
  const feasibility = row.feasibility.mean >= 3.5 ? "easy to do" : row.feasibility.mean < 2.5 ? "hard to do" : "can be done";
  return `${impact}, ${feasibility}`;
}

/** @param {any} row */
function figures(row) {
  if (!row.impact) return "";
  return `Impact ${span(row.impact)}, feasibility ${span(row.feasibility)}, ${counted(row.raters, "rating")}`;
}

/** @param {{mean: number, low: number, high: number}} found */
function span({ mean, low, high }) {
  return `${mean.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`;
}
