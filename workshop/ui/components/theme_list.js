// The themes with their ideas; a theme opens with a tap and stays open while others change. An idea that seems to be in
// the wrong theme can be flagged: the moderator sees it, nothing moves by itself.

import { ahead } from "./ahead.js";
import { counted, find, keyed, make, set, show, write } from "./dom.js";
import { flagsOf } from "./flags.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View @typedef {import("./flags.js").Flags} Flags */

/** @param {Stage} stage @returns {View} */
export function themeList(stage) {
  const { box, topic } = stage;
  const empty = make("p", { class: "quiet", text: "The themes appear here as soon as the moderator shows them." });
  const hint = make("p", { class: "quiet", text: "Is an idea in the wrong theme? Open the theme and say so: the moderator sees it." });
  const problem = make("p", { class: "problem", role: "alert", hidden: "" });
  const list = make("ul", { class: "themes" });
  box.append(empty, hint, problem, list);
  /** @type {Flags | null} */
  let flags = null;
  const next = ahead(stage);

  const draw = () => {
    next.draw();
    const board = topic("themes");
    const themes = board ? [...board.themes] : [];
    if (board?.not_sure.length) themes.push({ id: "", name: "Not sure yet", subtitle: "", colour: -1, ideas: board.not_sure });
    flags = flagsOf(stage, flags, draw);
    const asked = Boolean(flags && topic("room")?.may.includes("flag"));
    show(empty, themes.length === 0);
    show(hint, asked && themes.length > 0);
    const sentence = flags?.lost ? "Not sent yet. It is sent again by itself." : (flags?.sentence ?? "");
    write(problem, sentence);
    show(problem, Boolean(sentence));
    const palette = getComputedStyle(box).getPropertyValue("--st-chart-categorical-colors").split(",");
    keyed(list, themes, (theme) => `theme ${theme.id}`, newTheme, (row, theme) => {
      row.style.setProperty("--theme", theme.colour < 0 ? "" : (palette[theme.colour % palette.length] ?? "").trim());
      write(find(row, ".name"), theme.name);
      write(find(row, ".subtitle"), theme.subtitle);
      show(find(row, ".subtitle"), Boolean(theme.subtitle));
      write(find(row, ".count"), counted(theme.ideas.length, "idea"));
      keyed(find(row, "ol"), theme.ideas, String, newIdea, (line, number) => {
        const name = `#${number} ${board.titles[number] ?? ""}`;
        write(find(line, ".line"), name);
        drawFlag(find(line, ".flag"), flags, theme.id, number, name, asked && Boolean(theme.id));
      });
    });
  };
  return {
    draw,
    end() {
      next.end();
      if (flags) flags.changed = () => {};
    },
  };
}

/** @param {HTMLElement} button @param {Flags | null} flags @param {string} theme @param {number} number @param {string} name @param {boolean} asked */
function drawFlag(button, flags, theme, number, name, asked) {
  show(button, asked);
  if (!asked || !flags) return;
  set(button, "aria-label", `Wrong theme? ${name}`);
  set(button, "aria-pressed", String(flags.flagged(theme, number)));
  button.onclick = () => flags.toggle(theme, number);
}

function newIdea() {
  return make("li", { class: "flaggable" }, [
    make("span", { class: "line" }),
    make("button", { type: "button", class: "flag", text: "Wrong theme?", hidden: "" }),
  ]);
}

function newTheme() {
  return make("li", { class: "theme" }, [
    make("details", {}, [
      make("summary", {}, [make("span", { class: "name" }), make("span", { class: "count" })]),
      make("p", { class: "subtitle" }),
      make("ol"),
    ]),
  ]);
}
