// The fields of an idea: what stands in them as one value, in and out.

import { find, keyed, make, set, show, write } from "./dom.js";

/** @typedef {{title: string, pitch: string, sectors: string[], brings: Record<string, string>, still_needed: string}} Text */
/** @typedef {{sectors: {key: string, name: string}[], longest: {title: number, pitch: number, note: number}}} Form what the page says of the fields */

const TOLD_FROM = 0.75; // of the length: before that nobody needs to count

export function fields() {
  const title = field("title", "Title", make("input", { type: "text", autocomplete: "off", enterkeyhint: "next" }));
  const pitch = field("pitch", "Pitch: what, for whom, why now", make("textarea", { rows: 4 }));
  const list = make("div", { class: "choices" });
  const sectors = make("fieldset", { class: "sectors" }, [make("legend", { text: "Sectors" }), list]);
  const notes = make("div", { class: "notes" });
  const needed = field("needed", "Still needed", make("input", { type: "text", autocomplete: "off" }));
  const rows = [title, pitch, sectors, notes, needed];
  /** @type {Text} */
  let filled = { title: "", pitch: "", sectors: [], brings: {}, still_needed: "" };

  const boxes = () => /** @type {HTMLInputElement[]} */ ([...list.querySelectorAll("input")]);
  const brought = () => /** @type {HTMLElement[]} */ ([...notes.children]);

  /** @returns {Text} */
  const read = () => ({
    title: input(title).value,
    pitch: input(pitch).value,
    sectors: boxes().length ? boxes().filter((each) => each.checked).map((each) => each.value) : filled.sectors,
    brings: brought().length
      ? Object.fromEntries(brought().map((row) => [row.dataset.key, input(row).value]))
      : filled.brings,
    still_needed: input(needed).value,
  });

  /** @param {Record<string, any>} text anything that is missing is empty */
  const fill = (text) => {
    filled = { title: text.title ?? "", pitch: text.pitch ?? "", sectors: text.sectors ?? [], brings: text.brings ?? {}, still_needed: text.still_needed ?? "" };
    input(title).value = filled.title;
    input(pitch).value = filled.pitch;
    input(needed).value = filled.still_needed;
    for (const each of boxes()) each.checked = filled.sectors.includes(each.value);
    for (const row of brought()) input(row).value = filled.brings[row.dataset.key ?? ""] ?? "";
  };

  /** Show the fields that may be changed; null for all. @param {string[] | null} names */
  const allow = (names) => {
    const may = (/** @type {string} */ name) => names === null || names.includes(name);
    show(title, may("title"));
    show(pitch, may("pitch"));
    show(sectors, may("sectors") && boxes().length > 0);
    show(notes, may("brings"));
    show(needed, may("still_needed"));
  };

  /** Let nothing be changed while the text is on its way. @param {boolean} still */
  const hold = (still) => {
    for (const row of [title, pitch, needed, ...brought()]) input(row).readOnly = still;
    for (const each of boxes()) each.disabled = still;
  };

  /** @param {any[]} sides @param {Form} form */
  const draw = (sides, form) => {
    keyed(list, form.sectors, (each) => each.key, newChoice, (row, each) => write(find(row, "span"), each.name));
    keyed(notes, sides, (side) => side.key, newNote, (row, side) => write(find(row, ".name"), `${side.short} brings`));
    measure(title, form.longest.title);
    measure(pitch, form.longest.pitch);
    for (const row of [...brought(), needed]) measure(row, form.longest.note);
  };
  const newNote = (/** @type {any} */ side) =>
    field("brings", "", make("input", { type: "text", autocomplete: "off", value: filled.brings[side.key] ?? "" }));
  const newChoice = (/** @type {{key: string}} */ each) => {
    const box = make("input", { type: "checkbox", value: each.key });
    box.checked = filled.sectors.includes(each.key);
    return make("label", { class: "choice" }, [box, make("span")]);
  };

  return { rows, read, fill, allow, hold, draw };
}

/** @param {string} name @param {string} label @param {HTMLElement} control */
function field(name, label, control) {
  const named = make("label", {}, [make("span", { class: "name", text: label }), control]);
  return make("div", { class: "field", "data-field": name }, [named, make("span", { class: "spare" })]);
}

/** @param {HTMLElement} row @returns {HTMLInputElement} */
function input(row) {
  return /** @type {HTMLInputElement} */ (find(row, "input, textarea"));
}

/** How many characters are left, once that matters. @param {HTMLElement} row @param {number} longest */
function measure(row, longest) {
  const control = input(row);
  set(control, "maxlength", longest);
  const used = control.value.length;
  write(find(row, ".spare"), used >= TOLD_FROM * longest ? `${longest - used} characters left` : "");
}
