// A card for an idea: number, title, pitch, chips, what each side brings. All of it is text.

import { counted, find, keyed, make, set, show, write } from "./dom.js";

/** @param {string} [tag] @returns {HTMLElement} */
export function makeCard(tag = "li") {
  return make(/** @type {"li"} */ (tag), { class: "card" }, [
    make("div", { class: "head" }, [make("span", { class: "number" }), make("h3", { class: "title" })]),
    make("p", { class: "pitch" }),
    make("ul", { class: "chips" }),
    make("dl", { class: "brings" }),
    make("p", { class: "credit" }),
    make("div", { class: "actions" }),
  ]);
}

/** @param {HTMLElement} card @param {any} idea @param {any[]} sides */
export function drawCard(card, idea, sides) {
  write(find(card, ".number"), `#${idea.number}`);
  write(find(card, ".title"), idea.title);
  line(card, ".pitch", idea.pitch);
  line(card, ".credit", idea.credit);
  const side = sides.find((each) => each.key === idea.side);
  const chips = [...(side ? [{ text: side.name, colour: side.colour, shape: side.shape }] : []), ...idea.sectors.map((/** @type {string} */ text) => ({ text })), ...(idea.added ? [{ text: counted(idea.added, "build") }] : [])];
  keyed(find(card, ".chips"), chips, (chip) => chip.text, () => make("li"), (row, chip) => {
    write(row, chip.text);
    set(row, "class", chip.colour ? `side shape-${chip.shape}` : null);
    if (chip.colour) row.style.setProperty("--side", chip.colour);
  });
  const notes = sides.filter((each) => idea.brings[each.key]).map((each) => [`${each.short} brings`, idea.brings[each.key]]);
  if (idea.still_needed) notes.push(["Still needed", idea.still_needed]);
  keyed(find(card, ".brings"), notes, ([name]) => name, () => make("div", {}, [make("dt"), make("dd")]), (row, [name, text]) => {
    write(find(row, "dt"), name);
    write(find(row, "dd"), text);
  });
}

/** @param {HTMLElement} card @param {string} selector @param {string} text */
function line(card, selector, text) {
  write(find(card, selector), text);
  show(find(card, selector), Boolean(text));
}
