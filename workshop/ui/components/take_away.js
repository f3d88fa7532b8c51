// Closing: what one takes away. The words come from the server, the same as on paper; roles can still be confirmed, and the
// session rated. The sheet can be kept as a PDF.

import { stars, taken } from "./commit.js";
import { get } from "./calls.js";
import { find, keyed, make, set, show, write } from "./dom.js";
import { take } from "./files.js";
import { asker, drawSide, takenOn, tell } from "./taken_on.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View */

const SPREAD = 2_000; // a whole room comes to this step in the same moment
const AFTER_OTHERS = 5_000; // what others do meanwhile is on the sheet some seconds later, and the room does not ask at once
const SHOWN_FIRST = 6;
const MAKING = "Your file is being made.";

/** @param {Stage} stage @returns {View} */
export function takeAway(stage) {
  const mine = takenOn(stage, () => draw());
  const who = asker(mine);
  const sheet = sheetOf(() => mine.person?.id, () => draw());
  const files = filesOf(() => `/download/${stage.data.code}`, () => mine.person);
  const first = make("div", { class: "sheet" });
  const roles = taken();
  const rest = make("div", { class: "sheet" });
  const rating = stars();
  const problem = make("p", { class: "problem told", role: "alert", hidden: "" });
  const coming = make("p", { class: "quiet", text: "Your take-away comes in a moment." });
  const where = make("p", { class: "quiet" });
  stage.box.append(make("p", { class: "lead", text: "Your take-away, to read here or to keep." }), who.box, coming, files.box, first, roles.box, rest, rating.box, problem, where);
  let seen = stage.topic("consortium");
  mine.acknowledged = () => sheet.soon(0);

  const draw = () => {
    write(where, stage.data.report || "The organiser has the report, with every idea and vote in it.");
    const now = stage.topic("consortium");
    if (now !== seen) sheet.soon(AFTER_OTHERS);
    seen = now;
    const person = mine.person;
    const parts = person ? sheet.parts(person.id) : null;
    show(coming, !parts);
    for (const box of [files.box, roles.box, rating.box]) show(box, Boolean(parts));
    if (!person || !parts) return;
    who.draw();
    files.draw();
    drawParts(first, parts.filter((/** @type {any} */ part) => part.key === "ideas"), stage);
    drawParts(rest, parts.filter((/** @type {any} */ part) => part.key !== "ideas" && part.key !== "roles"), stage);
    if (now) roles.draw(stage, mine);
    show(roles.box, Boolean(now));
    show(rating.box, stage.topic("room").may.includes("commit") && Boolean(now));
    rating.draw(stage, mine);
    tell(problem, mine);
  };
  return {
    draw,
    wake() {
      mine.renew();
      sheet.soon(SPREAD);
    },
    end() {
      sheet.end();
      mine.changed = () => {};
      mine.acknowledged = () => {};
    },
  };
}

/** The sheet of whoever acts now, read again when something of it may have changed. @param {() => string | undefined} who @param {() => void} changed */
function sheetOf(who, changed) {
  /** @type {Map<string, any>} by person */
  const read = new Map();
  let timer = 0;
  let ended = false;
  const look = async () => {
    timer = 0;
    const person = who();
    if (!person) return soon(SPREAD);
    const answer = await get("/live/take_away", { person });
    if (ended) return;
    if (answer.ok) read.set(person, answer.data.parts);
    else if (answer.lost) soon(2 * SPREAD);
    changed();
  };
  /** @param {number} within milliseconds */
  const soon = (within) => {
    if (!timer || !within) {
      clearTimeout(timer);
      timer = setTimeout(look, within * (0.2 + Math.random()));
    }
  };
  soon(SPREAD);
  return {
    soon,
    /** @param {string} person @returns {any[] | null} */
    parts(person) {
      if (!read.has(person)) soon(SPREAD);
      return read.get(person) ?? null;
    },
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

/** The sheet as a file. @param {() => string} folder @param {() => any} person */
function filesOf(folder, person) {
  const own = make("button", { type: "button", class: "keep", text: "Keep it as PDF" });
  const organisation = make("button", { type: "button" });
  const note = make("p", { class: "quiet", role: "status", hidden: "" });
  const box = make("section", { class: "files" }, [own, organisation, note]);
  const tell = (/** @type {string} */ sentence) => {
    write(note, sentence);
    show(note, Boolean(sentence));
  };
  const give = async (/** @type {string} */ name) => {
    for (const button of [own, organisation]) button.disabled = true;
    tell(MAKING);
    tell(await take(`${folder()}/${name}.pdf?person=${person().id}`, tell));
    for (const button of [own, organisation]) button.disabled = false;
  };
  own.onclick = () => give("my-workshop");
  organisation.onclick = () => give("my-organisation");
  return {
    box,
    draw() {
      write(organisation, `PDF of ${person().organisation}`);
      show(organisation, Boolean(person().organisation));
    },
  };
}

/** @param {HTMLElement} box @param {any[]} parts @param {Stage} stage */
function drawParts(box, parts, stage) {
  const sides = stage.topic("room").sides;
  keyed(box, parts, (part) => part.key, newPart, (section, part) => {
    write(find(section, "h2"), part.title);
    const empty = find(section, ".empty");
    write(empty, part.empty);
    show(empty, part.entries.length === 0);
    const more = find(section, ".more");
    const all = section.hasAttribute("data-all") || part.entries.length <= SHOWN_FIRST + 1;
    write(more, `Show all ${part.entries.length}`);
    show(more, !all);
    more.onclick = () => {
      set(section, "data-all", "");
      drawParts(box, parts, stage);
    };
    const shown = all ? part.entries : part.entries.slice(0, SHOWN_FIRST);
    const entries = shown.map((/** @type {any} */ entry, /** @type {number} */ place) => ({ ...entry, key: String(place) }));
    keyed(find(section, "ul"), entries, (entry) => entry.key, newEntry, (row, entry) => drawEntry(row, entry, sides));
  });
}

function newPart() {
  return make("section", {}, [make("h2"), make("p", { class: "quiet empty" }), make("ul", { class: "entries" }), make("button", { type: "button", class: "more" })]);
}

function newEntry() {
  return make("li", { class: "entry" }, [
    make("p", { class: "entry-head" }, [make("b"), make("span")]),
    make("ul", { class: "lines" }),
    make("ul", { class: "bars" }),
  ]);
}

/** @param {HTMLElement} row @param {any} entry @param {any[]} sides */
function drawEntry(row, entry, sides) {
  const sideOf = (/** @type {string} */ key) => sides.find((side) => side.key === key);
  write(find(row, "b"), entry.head);
  drawSide(find(row, ".entry-head span"), sideOf(entry.side));
  const lines = entry.lines.map((/** @type {string} */ text, /** @type {number} */ place) => ({ text, key: String(place) }));
  keyed(find(row, ".lines"), lines, (line) => line.key, () => make("li"), (element, line) => write(element, line.text));
  keyed(find(row, ".bars"), entry.bars, (bar) => bar.side, newBar, (line, bar) => {
    const side = sideOf(bar.side);
    write(find(line, ".name"), side?.short ?? "");
    write(find(line, ".amount"), bar.text);
    line.style.setProperty("--side", side?.colour ?? "");
    line.style.setProperty("--share", String(bar.share));
  });
}

function newBar() {
  return make("li", {}, [make("span", { class: "name" }), make("span", { class: "track", "aria-hidden": "true" }), make("span", { class: "amount" })]);
}
