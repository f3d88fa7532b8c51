// Warm up: what this person offers, looks for, and where they are from. It is saved as a whole, so saving twice is once.
// What is typed and not saved yet is kept on the phone and on the server; a change by nobody else ever touches the fields.

import { get, post } from "./calls.js";
import { find, keyed, make, set, show, write } from "./dom.js";
import { query } from "./stream.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View */
/** @typedef {{offers: string[], needs: string[], place: string}} Said */

const LINE = 120;
const PLACE = 60;
const PAUSE = 600;
const KEPT_HOURS = 12;
const SLOT = "introduction";
const KINDS = [
  { key: "offers", label: "I offer", hint: "A test site, a network, know-how ...", more: "Add another offer" },
  { key: "needs", label: "I look for", hint: "A partner, a market, a technology ...", more: "Add another need" },
];

/** @param {Stage} stage @returns {View} */
export function warmUp(stage) {
  const who = make("select", { class: "who" });
  const chooser = make("label", { class: "voter" }, ["Who is writing now?", who]);
  const empty = make("p", { class: "quiet", text: "One moment: this is being read." });
  const groups = new Map(KINDS.map((kind) => [kind.key, newGroup(kind)]));
  const place = make("input", { type: "text", maxlength: PLACE, autocomplete: "off", name: "place", placeholder: "Country or state" });
  const from = make("label", { class: "origin" }, ["I am from (you may leave this open)", place]);
  const button = make("button", { type: "submit", class: "keep" });
  const status = make("span", { class: "state", role: "status" });
  const problem = make("span", { class: "problem", role: "alert", hidden: "" });
  const form = make("form", { class: "introduction", hidden: "", novalidate: "" }, [
    ...[...groups.values()].map((group) => group.box),
    from,
    make("div", { class: "foot" }, [button, status, problem]),
  ]);
  stage.box.append(chooser, empty, form);

  let person = stage.data.person ?? "";
  let most = 1;
  let sending = false;
  let ended = false;
  let timer = 0;
  let turn = 0;
  /** @type {Said | null} */
  let saved = null;

  const store = () => `roundtable introduction ${query().code} ${person}`;
  /** @returns {Said} */
  const typed = () => ({
    offers: groups.get("offers")?.texts() ?? [],
    needs: groups.get("needs")?.texts() ?? [],
    place: place.value.trim(),
  });
  const differs = () => saved !== null && JSON.stringify(typed()) !== JSON.stringify(saved);

  const fill = (/** @type {Said} */ said) => {
    for (const [key, group] of groups) group.fill(/** @type {any} */ (said)[key], most);
    place.value = said.place;
  };

  const choose = async (/** @type {string} */ id) => {
    if (saved && differs()) keep();
    const mine = ++turn;
    person = id;
    saved = null;
    draw();
    let answer = await get("/live/introduction", who_());
    while (!answer.ok && answer.lost && mine === turn && !ended) {
      await new Promise((wait) => setTimeout(wait, 2_000 + Math.random() * 2_000));
      answer = await get("/live/introduction", who_());
    }
    if (mine !== turn || ended) return;
    if (!answer.ok) {
      write(empty, answer.sentence);
      return;
    }
    const { offers, needs, place: from_, draft } = answer.data;
    most = answer.data.most;
    saved = { offers, needs, place: from_ };
    fill(kept(store()) ?? draft ?? saved);
    draw();
  };
  who.onchange = () => choose(who.value);
  const who_ = () => /** @type {Record<string, string>} */ (person ? { person } : {});

  /** Keep what is typed: on this phone at once, on the server after a pause. @param {boolean} [leaving] */
  const keep = (leaving = false) => {
    clearTimeout(timer);
    if (!saved) return;
    const body = typed();
    remember(store(), differs() ? body : null);
    const send = () => post("/live/draft", { person: person || null, slot: SLOT, ...(differs() ? { body } : {}) }, leaving);
    if (leaving) send();
    else timer = setTimeout(send, PAUSE);
  };

  form.oninput = () => {
    for (const group of groups.values()) group.draw(most);
    keep();
    draw();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    save();
  };
  const onLeave = () => keep(true);
  window.addEventListener("pagehide", onLeave);

  /** Send until it is acknowledged or refused. */
  const save = async () => {
    if (sending || !saved || !differs()) return;
    clearTimeout(timer);
    sending = true;
    const mine = turn;
    const said = typed();
    say("");
    draw();
    const body = { person: person || null, ...said };
    let answer = await post("/live/introduction", body);
    for (let pause = 1_000; !answer.ok && answer.lost; pause = Math.min(pause * 2, 10_000)) {
      say(answer.sentence);
      await new Promise((wait) => setTimeout(wait, pause * (0.5 + Math.random())));
      answer = await post("/live/introduction", body);
    }
    sending = false;
    if (ended || mine !== turn) return;
    if (answer.ok) {
      const untouched = JSON.stringify(typed()) === JSON.stringify(said);
      saved = { offers: answer.data.offers, needs: answer.data.needs, place: answer.data.place };
      if (untouched) fill(saved);
      remember(store(), differs() ? typed() : null);
    }
    say(answer.ok ? "" : answer.sentence);
    draw();
  };

  const say = (/** @type {string} */ sentence) => {
    write(problem, sentence);
    show(problem, Boolean(sentence));
  };

  const draw = () => {
    const people = stage.me?.people ?? [];
    const room = stage.topic("room");
    if (people.length && !people.some((/** @type {any} */ each) => each.id === person)) {
      choose(people[0].id);
      return;
    }
    if (people.length && !saved && turn === 0) {
      choose(person);
      return;
    }
    show(chooser, people.length > 1);
    keyed(who, people, (each) => each.id, (each) => make("option", { value: each.id }), (option, each) => write(option, each.name));
    if (who.value !== person) who.value = person;
    show(empty, !saved);
    show(form, Boolean(saved));
    if (!saved || !room) return;
    const open = room.may.includes("introduce");
    const anything = saved.offers.length + saved.needs.length + saved.place.length > 0;
    write(button, sending ? "Saving" : anything ? "Save the change" : "Save");
    set(button, "aria-disabled", !open || sending || !differs() || null);
    show(button, open && (differs() || sending || !anything));
    const state = !open ? "The warm-up is closed. What you saved stays." : anything && !differs() ? "Saved. You can change it until the step closes." : "";
    write(status, sending ? "" : state);
    for (const field of form.querySelectorAll("input, textarea")) /** @type {HTMLInputElement} */ (field).readOnly = !open;
  };

  return {
    draw,
    end() {
      ended = true;
      clearTimeout(timer);
      if (saved && differs()) keep(true);
      window.removeEventListener("pagehide", onLeave);
    },
    wake() { if (saved && !differs() && !sending) choose(person); },
  };
}

/** Some short lines of one kind; a further one appears when it is asked for. @param {{key: string, label: string, hint: string, more: string}} kind */
function newGroup({ key, label, hint, more }) {
  const lines = make("div", { class: "told" });
  const add = make("button", { type: "button", class: "another", text: more, hidden: "" });
  const box = make("fieldset", { class: "telling", "data-kind": key }, [make("legend", { text: label }), lines, add]);
  let most = 1;

  const inputs = () => /** @type {HTMLTextAreaElement[]} */ ([...lines.querySelectorAll("textarea")]);
  const line = (/** @type {string} */ text) => {
    const number = inputs().length + 1;
    const field = make("textarea", { rows: 2, maxlength: LINE, placeholder: number === 1 ? hint : "", "aria-label": number === 1 ? label : `${label}, line ${number}` });
    field.value = text;
    field.onkeydown = (event) => { if (event.key === "Enter") event.preventDefault(); };
    lines.append(field);
    return field;
  };
  const draw = (/** @type {number} */ limit) => {
    most = limit;
    const fields = inputs();
    show(add, fields.length < most && fields.every((field) => field.value.trim()));
  };
  add.onclick = () => {
    line("").focus();
    draw(most);
  };
  return {
    box,
    draw,
    texts: () => inputs().map((field) => field.value.replace(/\s+/g, " ").trim()).filter(Boolean),
    /** @param {string[]} texts @param {number} limit */
    fill(texts, limit) {
      const wanted = texts.length ? texts : [""];
      const fields = inputs();
      fields.slice(wanted.length).forEach((field) => field.remove());
      wanted.forEach((text, place) => {
        const field = fields[place] ?? line("");
        if (field.value !== text) field.value = text;
      });
      draw(limit);
    },
  };
}

/** @param {string} place @param {Said | null} body */
function remember(place, body) {
  try {
    if (body) localStorage.setItem(place, JSON.stringify({ at: Date.now(), body }));
    else localStorage.removeItem(place);
  } catch {
    // Then the server alone keeps it.
  }
}

/** @param {string} place @returns {Said | null} */
function kept(place) {
  try {
    const found = JSON.parse(localStorage.getItem(place) ?? "null");
    return found && Math.abs(Date.now() - found.at) < KEPT_HOURS * 3_600_000 ? found.body : null;
  } catch {
    return null;
  }
}
