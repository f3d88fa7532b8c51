// The form for an idea: a new one, one's own again, or one of the table to be completed. What stands in it is kept while
// it is typed; sending says what shall be true, so it is repeated until it is acknowledged and is one idea all the same.

import { get, post } from "./calls.js";
import { keyed, make, set, show, typesIn, write } from "./dom.js";
import { fields } from "./fields.js";
import { Kept, saysAnything } from "./kept.js";
import { watchSimilar } from "./similar.js";
import { query } from "./stream.js";

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {{id: string, number: number, version: number, fields: string[]}} Changing an idea that is there already, and which of its fields may be changed */

const WAITS = "Not sent yet. It is sent again by itself as soon as the connection is back. Your text is kept.";
const LONGEST_PAUSE = 8_000;

/** @param {Stage} stage */
export function ideaForm(stage) {
  const heading = make("h2", { class: "form-title", tabindex: "-1" });
  const who = make("select", { class: "who" });
  const writer = make("label", { class: "voter" }, ["Who is writing now?", who]);
  const { rows, read, fill, allow, hold, draw: drawFields } = fields();
  const problem = make("p", { class: "problem", role: "alert", hidden: "" });
  const done = make("p", { class: "done", role: "status" });
  const send = make("button", { type: "button", class: "send" });
  const back = make("button", { type: "button", class: "back" });
  const bar = make("div", { class: "thumb" }, [problem, done, send, back]);
  const box = make("section", { class: "stage form", hidden: "" }, [heading, writer, ...rows, bar]);
  let person = "";
  let offered = ""; // whom the page has put forward last: a person just added to a tablet
  /** @type {Changing | null} */
  let changing = null;
  /** @type {Kept | null} */
  let kept = null;
  let sending = false;
  let stopped = false;
  let savedIn = ""; // where a text went is true in the step in which it was sent
  /** @type {ReturnType<typeof watchSimilar> | null} */
  let similar = null;

  /** @returns {any[]} */
  const people = () => stage.me?.people ?? [];
  const now = () => JSON.stringify(read());

  const tell = (/** @type {string} */ sentence) => {
    write(problem, sentence);
    show(problem, Boolean(sentence));
  };

  /** Another text stands in the form from now on, with what was typed there before. @param {Record<string, any>} [text] */
  const begin = async (text = {}) => {
    kept?.save();
    kept?.end();
    const mine = (kept = new Kept(person, changing ? `idea:${changing.id}` : "idea", read));
    fill(text);
    tell("");
    draw();
    const start = now();
    if (changing) mine.last = start;
    similar?.begin();
    const before = await mine.before();
    if (mine.over || !before || now() !== start) return; // somebody has begun to type meanwhile
    fill(before.body);
    if (before.saved) mine.last = now();
    draw();
  };

  const sends = async () => {
    if (sending || !kept) return;
    sending = true;
    stopped = false;
    tell("");
    write(done, "");
    const under = kept;
    under.held = true;
    const change = changing ? { idea: changing.id, version: changing.version } : {};
    const asked = { person, slot: under.slot, text: read(), ...change };
    draw();
    let answer = await post("/live/idea", asked);
    for (let pause = 1_000; !answer.ok && answer.lost && !stopped; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      tell(WAITS);
      draw();
      await new Promise((wait) => setTimeout(wait, pause * (0.5 + Math.random())));
      if (!stopped) answer = await post("/live/idea", asked);
    }
    sending = under.held = false;
    if (answer.ok) {
      under.done();
      savedIn = stage.topic("room").step.key;
      write(done, changing ? `Saved: #${answer.data.number} is changed.` : saved(answer.data, stage.topic("room")));
      changing = null;
      begin();
      stage.renew(answer.data.me);
    } else tell(stopped ? "" : answer.sentence);
    draw();
  };
  send.onclick = sends;

  back.onclick = () => {
    if (sending) {
      stopped = true;
      return;
    }
    changing = null;
    write(done, "");
    begin();
  };
  who.onchange = () => {
    person = who.value;
    changing = null;
    write(done, "");
    begin();
  };

  /** Whoever was just added to the tablet holds the pen; else it stays where it is. */
  const choose = () => {
    const put = people().some((each) => each.id === stage.data.person) ? stage.data.person : "";
    const here = people().some((each) => each.id === person);
    const wanted = put && put !== offered ? put : here ? person : people()[0].id;
    if (put) offered = put;
    if (wanted === person) return;
    person = wanted;
    changing = null;
    begin();
  };

  const headline = (/** @type {boolean} */ several) => {
    if (changing?.fields.includes("title")) return `Change idea #${changing.number}`;
    if (changing) return `Complete #${changing.number} ${read().title}`;
    return several ? `Idea of ${people().find((each) => each.id === person)?.name}` : "Your idea";
  };

  const draw = () => {
    const room = stage.topic("room");
    if (!room || !people().length) return;
    if (!sending) choose();
    const several = people().length > 1;
    const open = changing ? room.may.includes("revise") : document.documentElement.dataset.mayWrite === "yes";
    show(box, open || sending || typesIn(box));
    write(heading, headline(several));
    show(writer, several);
    keyed(who, people(), (each) => each.id, (each) => make("option", { value: each.id }), (option, each) => write(option, each.name));
    if (who.value !== person) who.value = person;
    who.disabled = sending;
    drawFields(room.sides, stage.data.form);
    allow(changing?.fields ?? null);
    hold(sending);
    write(send, sending ? "Sending" : changing ? "Save the change" : "Send");
    set(send, "aria-disabled", sending || null);
    write(back, sending ? "Change the text first" : "Stop changing it");
    show(back, sending ? !problem.hidden : changing !== null);
    if (savedIn !== room.step.key) write(done, "");
    show(done, Boolean(done.textContent));
    similar ??= watchSimilar(box, query().code, written, (idea) => stage.build(idea, read().pitch || read().title, person));
  };

  /** What is compared with other ideas. */
  const written = () => {
    const { title, pitch } = read();
    return { person: person || null, idea: changing?.id ?? null, title, pitch };
  };

  box.addEventListener("input", (event) => {
    if (event.target === who) return;
    tell("");
    write(done, "");
    kept?.touched();
    similar?.touched();
    draw();
  });
  // Dictation and autofill cause no event that we could rely on, and the minute for late saves ends by itself.
  const looking = setInterval(() => {
    document.documentElement.dataset.typed = saysAnything(read()) ? "yes" : "no";
    kept?.look();
    similar?.look();
    draw();
  }, 1_000);
  const onLeave = () => void kept?.save(true);
  window.addEventListener("pagehide", onLeave);

  return {
    box,
    draw,
    /** Whether somebody is typing in it: then it stays where it is. */
    get busy() {
      return typesIn(box);
    },
    /** Let an idea stand in the form. @param {string} idea @param {string} [author] who on this device wrote it */
    async edit(idea, author) {
      const answer = sending ? null : await get("/live/idea", { idea });
      if (!answer || sending) return;
      if (!answer.ok) {
        tell(answer.sentence);
        return;
      }
      if (author) person = author;
      const { number, version, fields: names, text } = answer.data;
      changing = { id: idea, number, version, fields: names };
      write(done, "");
      begin(text);
      box.scrollIntoView({ block: "start" });
      heading.focus({ preventScroll: true });
    },
    end() {
      kept?.save(true);
      kept?.end();
      similar?.end();
      clearInterval(looking);
      window.removeEventListener("pagehide", onLeave);
      delete document.documentElement.dataset.typed;
      box.remove();
    },
  };
}

/** What was saved, where it went, what is next. @param {any} answer @param {any} room */
function saved(answer, room) {
  const where = room.sees.includes("table_ideas") ? "Your table sees it now." : "Only you see it until your table shares.";
  const late = answer.late ? " It came after the time and is marked late." : "";
  return `Saved as #${answer.number}. ${answer.sent} of ${answer.limit} ideas. ${where}${late}`;
}
