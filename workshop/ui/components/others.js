// Build on others: two or three ideas of other tables at a time, what can be added to them, and what others added to
// one's own. Whoever types when the step ends keeps the form, and may send for another minute.

import { KINDS, drawLines, drawOwnLines } from "./build_lines.js";
import { buildForm } from "./build_form.js";
import { get, post } from "./calls.js";
import { drawCard, makeCard } from "./cards.js";
import * as countdown from "./countdown.js";
import { counted, find, keyed, make, set, show, write } from "./dom.js";
import { readsOf } from "./reads.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./reads.js").Reads} Reads */

const EMPTY = { number: 0, ideas: [], earlier: [], received: [], passed_on: false };

/** @param {Stage} stage @returns {View} */
export function others(stage) {
  const who = make("select", { class: "who" });
  const writer = make("label", { class: "voter" }, ["Who is writing now?", who]);
  const lead = make("p", { class: "lead", role: "status" });
  const problem = make("p", { class: "problem", role: "alert", hidden: "" });
  const list = make("ul", { class: "cards" });
  const more = make("button", { type: "button", class: "more", text: "Read more ideas" });
  const own = make("section", { class: "received" }, [make("h2", { text: "What others added to your table's ideas" }), make("ul", { class: "cards" })]);
  const before = make("details", { class: "earlier" }, [make("summary"), make("ul", { class: "cards" })]);
  stage.box.append(writer, lead, problem, list, more, own, before);
  let person = stage.data.person ?? "";
  let sentence = "";
  /** @type {{hand: any, revision: number} | null} what was answered to this device, until something newer is pushed */
  let answered = null;
  let buildsRevision = -2;
  let asked = -1; // for which hand it was asked why something of one's own is missing
  /** @type {Map<string, any>} every card that was seen, so that one stays under the fingers that write on it */
  const seen = new Map();
  /** @type {Reads | null} */
  let reads = null;

  const form = buildForm((answer) => {
    sentence = "";
    take(answer.hand);
    stage.renew(answer.me);
    stage.settle();
  }, () => { draw(); stage.settle(); });

  const take = (/** @type {any} */ hand) => {
    answered = { hand, revision: stage.topic("hand")?.revision ?? -1 };
    draw();
  };

  /** The newest hand that this device knows of. */
  const current = () => {
    const pushed = stage.topic("hand");
    if (answered && (!pushed || pushed.revision <= answered.revision)) return answered.hand;
    answered = pushed ? null : answered;
    return pushed ?? (answered ? /** @type {any} */ (answered).hand : null);
  };

  /** Somebody without a table has a hand of their own, which no stream carries. */
  const fetchOwn = async () => {
    buildsRevision = stage.buildsRevision;
    const answer = await get("/live/hand");
    if (answer.ok) take(answer.data);
    else setTimeout(() => { buildsRevision = -2; draw(); }, 3_000);
  };

  const ask = async (/** @type {string} */ path, /** @type {Record<string, any>} */ body) => {
    const answer = await post(path, body);
    sentence = answer.ok ? "" : answer.sentence;
    if (answer.ok) {
      take(answer.data.hand ?? answer.data);
      if (answer.data.me) stage.renew(answer.data.me);
    }
    draw();
  };
  more.onclick = () => ask("/live/more", {});
  who.onchange = () => {
    person = who.value;
    if (form.wish) form.end();
    draw();
  };

  const open = (/** @type {string} */ idea, /** @type {string} */ kind, /** @type {any} */ rest = {}) => {
    if (form.wish?.idea === idea && form.wish.kind === kind && !rest.build) return form.end();
    form.open({ idea, kind, person, ...rest });
  };

  const drawWho = (/** @type {any[]} */ people) => {
    if (!people.some((each) => each.id === person)) person = people[0]?.id ?? "";
    show(writer, people.length > 1);
    keyed(who, people, (each) => each.id, (each) => make("option", { value: each.id }), (option, each) => write(option, each.name));
    if (who.value !== person) who.value = person;
  };

  const draw = () => {
    const room = stage.topic("room");
    const people = stage.me?.people ?? [];
    if (!room || !stage.me) return;
    drawWho(people);
    if (!stage.me.table_id && stage.buildsRevision > buildsRevision) fetchOwn();
    const hand = current() ?? EMPTY;
    for (const card of [...hand.ideas, ...hand.earlier]) seen.set(card.id, card);
    follow(stage.me.table_id ?? people[0]?.id ?? "");
    const over = room.step.kind !== "build_on_others";
    const openIdea = form.wish?.idea;
    const held = openIdea && seen.get(openIdea);
    const finished = hand.ideas.every((/** @type {any} */ card) => card.read);
    const inHand = over || finished ? [] : hand.ideas;
    const cards = held && !inHand.some((/** @type {any} */ card) => card.id === openIdea) ? [held, ...inHand] : inHand;
    const may = countdown.may(room).includes("build");
    const saying = new Map(people.flatMap((/** @type {any} */ each) => each.builds.map((/** @type {any} */ build) => [build.id, build])));
    lookForReasons(hand, saying);
    const done = hand.ideas.filter((/** @type {any} */ card) => card.read || reads?.pending.has(card.id)).length;
    write(lead, leadOf(room, hand, done, over, Boolean(current())));
    const told = reads?.lost ? "Not sent yet. It is sent again by itself." : sentence || reads?.sentence || "";
    write(problem, told);
    show(problem, Boolean(told));
    /** @param {HTMLElement} card @param {any} idea */
    const drawOne = (card, idea) => drawIdea(card, idea, room, { may, saying, over });
    keyed(list, cards, (card) => card.id, newCard, drawOne);
    show(more, !over && may && Boolean(current()) && finished && (hand.number > 0 || hand.passed_on));
    drawReceived(hand, room, over);
    const past = [...hand.earlier, ...(finished ? hand.ideas : [])].filter((/** @type {any} */ card) => card.id !== openIdea);
    show(before, !over && past.length > 0);
    write(find(before, "summary"), `Read before: ${counted(past.length, "idea")}`);
    keyed(find(before, ".cards"), past, (card) => card.id, newCard, drawOne);
    form.draw();
  };

  /** One's own is not shown any more: the moderator may have hidden it, and has said why. */
  const lookForReasons = (/** @type {any} */ hand, /** @type {Map<string, any>} */ saying) => {
    const shown = new Set([...hand.ideas, ...hand.earlier].flatMap((card) => [card.id, ...card.builds.map((/** @type {any} */ build) => build.id)]));
    const gone = [...saying.values()].some((build) => shown.has(build.idea) && !shown.has(build.id) && !build.hidden_reason);
    if (!gone || asked === (hand.revision ?? 0)) return;
    asked = hand.revision ?? 0;
    stage.renew();
  };

  const drawReceived = (/** @type {any} */ hand, /** @type {any} */ room, /** @type {boolean} */ over) => {
    show(own, !over && hand.received.length > 0);
    keyed(find(own, ".cards"), hand.received, (idea) => String(idea.number), newReceived, (card, idea) => {
      write(find(card, ".number"), `#${idea.number}`);
      write(find(card, ".title"), idea.title);
      write(find(card, ".state"), idea.readers ? `Read by ${counted(idea.readers, "other table")}` : "Not read by another table yet");
      drawLines(find(card, ".lines"), idea.builds, room.sides);
    });
  };

  /** @param {HTMLElement} card @param {any} idea @param {any} room @param {{may: boolean, saying: Map<string, any>, over: boolean}} now */
  const drawIdea = (card, idea, room, { may, saying, over }) => {
    const name = `#${idea.number} ${idea.title}`;
    drawCard(card, idea, room.sides);
    const hiddenOnes = [...saying.values()].filter((build) => build.idea === idea.id && build.hidden_reason && !idea.builds.some((/** @type {any} */ each) => each.id === build.id));
    const lines = find(card, ".lines");
    drawLines(lines, [...idea.builds, ...hiddenOnes.map((build) => ({ ...build, side: "", credit: "" }))], room.sides);
    drawOwnLines(lines, saying, room.may.includes("revise"), (build) => open(idea.id, build.kind, { build: build.id, version: build.version, text: build.text, fix: build.fix, person: personOf(build) }), (build) => ask("/live/take_back", { build: build.id, person: personOf(build) }));
    const wish = form.wish?.idea === idea.id ? form.wish : null;
    for (const button of card.querySelectorAll("button.kind")) {
      const kind = button.getAttribute("data-kind") ?? "";
      const opened = wish?.kind === kind && !wish.build;
      set(button, "aria-label", `${KINDS[kind]}: ${name}`);
      set(button, "aria-expanded", String(opened));
      /** @type {HTMLButtonElement} */ (button).onclick = () => open(idea.id, kind);
    }
    show(find(card, ".kinds"), may && !over);
    if (wish && form.box.parentElement !== card) find(card, ".kinds").after(form.box);
    const read = idea.read || Boolean(reads?.pending.has(idea.id));
    set(card, "data-read", read || null);
    const button = find(card, ".read");
    show(button, may && !over && !read && !wish); // whoever adds something has read it: one thing to do at a time
    write(button, stage.me.table_id ? "We have read it" : "I have read it");
    set(button, "aria-label", `${button.textContent}: ${name}`);
    button.onclick = () => reads?.tap(idea.id, true, idea.read);
    write(find(card, ":scope > .actions .state"), read ? (stage.me.table_id ? "Read by your table" : "You have read it") : "");
  };

  const personOf = (/** @type {any} */ build) => {
    return stage.me.people.find((/** @type {any} */ each) => each.builds.some((/** @type {any} */ one) => one.id === build.id))?.id ?? person;
  };

  /** What was tapped here, also before a reload. @param {string} holder */
  const follow = (holder) => {
    const found = holder ? readsOf(holder) : null;
    if (found === reads) return;
    if (reads) reads.changed = () => {};
    reads = found;
    if (found) {
      found.changed = draw;
      found.acknowledged = take;
    }
  };

  const onLeave = () => form.leave();
  window.addEventListener("pagehide", onLeave);
  const ticking = setInterval(() => { if (form.wish && stage.topic("room")?.step.kind !== "build_on_others") draw(); }, 1_000);
  return {
    draw,
    holds: () => form.busy,
    build(idea, text, author) {
      if (!seen.has(idea)) return;
      person = author;
      open(idea, "improve", { text });
      find(list, `[data-key="${CSS.escape(idea)}"]`).scrollIntoView({ block: "start" });
    },
    end() {
      form.leave();
      clearInterval(ticking);
      window.removeEventListener("pagehide", onLeave);
      if (reads) reads.changed = () => {};
    },
    wake() { if (!stage.me?.table_id) buildsRevision = -2; },
  };
}

/** @param {any} room @param {any} hand @param {number} done @param {boolean} over @param {boolean} known */
function leadOf(room, hand, done, over, known) {
  if (over) {
    const left = Math.ceil(countdown.lateBuild(room));
    return left > 0 ? `This step is over. What you send in the next ${left} s still counts, marked as late.` : "This step is over. Your text is kept as a draft.";
  }
  if (!known) return "The ideas are on their way.";
  const all = hand.ideas.length;
  if (!hand.number && hand.passed_on) return "The ideas of your table were given to other tables.";
  if (!hand.number) return "No idea is dealt to your table yet. It appears here by itself.";
  if (done === all && hand.ideas.every((/** @type {any} */ card) => card.read)) return "Your table has read all its ideas. Thank you.";
  return `${done} of ${counted(all, "idea")} read`;
}

function newCard() {
  const card = makeCard();
  find(card, ".actions").before(
    make("ul", { class: "lines", hidden: "" }),
    make("div", { class: "kinds", role: "group", "aria-label": "Add to this idea" }, Object.entries(KINDS).map(([kind, text]) => make("button", { type: "button", class: "kind", "data-kind": kind, text }))),
  );
  find(card, ":scope > .actions").append(make("button", { type: "button", class: "publish read" }), make("span", { class: "state" }));
  return card;
}

function newReceived() {
  return make("li", { class: "card" }, [
    make("div", { class: "head" }, [make("span", { class: "number" }), make("h3", { class: "title" })]),
    make("p", { class: "state" }),
    make("ul", { class: "lines", hidden: "" }),
  ]);
}
