// The themes with their ideas; a theme opens with a tap and stays open while others change.

import { counted, find, keyed, make, show, write } from "./dom.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View */

/** @param {Stage} stage @returns {View} */
export function themeList({ box, topic }) {
  const empty = make("p", { class: "quiet", text: "The themes appear here as soon as the moderator shows them." });
  const list = make("ul", { class: "themes" });
  box.append(empty, list);
  return {
    draw() {
      const board = topic("themes");
      const themes = board ? [...board.themes] : [];
      if (board?.not_sure.length) themes.push({ id: "", name: "Not sure yet", subtitle: "", colour: -1, ideas: board.not_sure });
      show(empty, themes.length === 0);
      const palette = getComputedStyle(box).getPropertyValue("--st-chart-categorical-colors").split(",");
      keyed(list, themes, (theme) => `theme ${theme.id}`, newTheme, (row, theme) => {
        row.style.setProperty("--theme", theme.colour < 0 ? "" : (palette[theme.colour % palette.length] ?? "").trim());
        write(find(row, ".name"), theme.name);
        write(find(row, ".subtitle"), theme.subtitle);
        show(find(row, ".subtitle"), Boolean(theme.subtitle));
        write(find(row, ".count"), counted(theme.ideas.length, "idea"));
        keyed(find(row, "ol"), theme.ideas, String, () => make("li"), (line, number) => {
          write(line, `#${number} ${board.titles[number] ?? ""}`);
        });
      });
    },
  };
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
