// The steps in which a phone has little to show: arriving, writing alone, waiting, the end.

import { counted, find, keyed, make, set, write } from "./dom.js";
import { ownButtons, ownIdeas } from "./own_ideas.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View */

/** Who is here, and my table. @param {Stage} stage @returns {View} */
export function arrive(stage) {
  const { box, topic } = stage;
  const lead = make("p", { class: "lead" });
  const list = make("ul", { class: "tables" });
  box.append(lead, list);
  return {
    draw() {
      const people = topic("people");
      const sides = topic("room").sides;
      if (!people) return;
      const parts = sides.map((/** @type {any} */ side) => `${side.short} ${people.by_side[side.key] ?? 0}`);
      write(lead, `${counted(people.people, "person", "people")} here: ${parts.join(", ")}`);
      const used = people.tables.filter((/** @type {any} */ table) => table.seated > 0);
      keyed(list, used, (table) => table.id, () => make("li", {}, [make("span"), make("span", { class: "count" })]), (row, table) => {
        const mine = table.id === stage.me?.table_id;
        set(row, "data-mine", mine || null);
        write(find(row, "span"), mine ? `${table.name} (yours)` : table.name);
        write(find(row, ".count"), String(table.seated));
      });
    },
  };
}

/** How many ideas are sent, and one's own; nothing of other people's. @param {Stage} stage @returns {View} */
export function writing(stage) {
  const list = make("ul", { class: "own" });
  const { problem, drawOwn } = ownIdeas(stage, () => draw());
  stage.box.append(problem, list);
  const draw = () => {
    if (!stage.me) return;
    const limit = stage.topic("room").limits.ideas;
    keyed(list, stage.me.people, (person) => person.id, newPerson, (row, person) => {
      const who = stage.me.tablet ? `${person.name}: ` : "";
      write(find(row, ".lead"), `${who}${person.written} of ${counted(limit, "idea")} sent`);
      keyed(find(row, ".cards"), person.ideas, (idea) => idea.id, newOwn, (card, idea) => {
        write(find(card, ".number"), `#${idea.number}`);
        write(find(card, ".title"), idea.title);
        const hidden = idea.standing === "hidden";
        write(find(card, ".state"), hidden ? `Hidden by the moderator: ${idea.hidden_reason}` : "Only you see it");
        drawOwn(card, idea, person.id, !hidden);
      });
    });
  };
  return { draw };
}

function newPerson() {
  return make("li", {}, [make("p", { class: "lead" }), make("ul", { class: "cards" })]);
}

function newOwn() {
  return make("li", { class: "card" }, [
    make("div", { class: "head" }, [make("span", { class: "number" }), make("h3", { class: "title" })]),
    make("div", { class: "actions" }, [...ownButtons(), make("span", { class: "state" })]),
  ]);
}

/** @param {Stage} stage @returns {View} */
export function waiting({ box }) {
  box.append(make("p", { class: "quiet", text: "There is nothing to do on this device now. Look at the wall." }));
  return { draw() {} };
}
