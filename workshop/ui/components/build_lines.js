// What people added to an idea, one line each: kind, words, a concern's fix, where it comes from. One's own can be
// changed and taken back until voting opens.

import { find, keyed, make, set, show, write } from "./dom.js";

/** @typedef {{id: string, kind: string, text: string, fix: string, side: string, credit: string}} Line */

/** @type {Record<string, string>} */
export const KINDS = { improve: "Improve", offer: "Offer", concern: "Concern", join: "Join" };

const SURE_SECONDS = 5;

/** @param {HTMLElement} list @param {Line[]} builds @param {any[]} sides */
export function drawLines(list, builds, sides) {
  show(list, builds.length > 0);
  keyed(list, builds, (build) => build.id, newLine, (item, build) => {
    const side = sides.find((each) => each.key === build.side);
    write(find(item, ".kind"), KINDS[build.kind] ?? build.kind);
    write(find(item, ".words"), build.text || "Would join.");
    write(find(item, ".fix"), build.fix ? `Proposed fix: ${build.fix}` : "");
    show(find(item, ".fix"), Boolean(build.fix));
    const from = find(item, ".from");
    write(from, [side?.name, build.credit].filter(Boolean).join(" · "));
    set(from, "class", side ? `from side shape-${side.shape}` : "from");
    if (side) from.style.setProperty("--side", side.colour);
  });
}

/**
 * The two buttons of one's own, and the moderator's reason when it is hidden.
 * @param {HTMLElement} list
 * @param {Map<string, any>} own  by id
 * @param {boolean} open  whether it can be changed now
 * @param {(build: any) => void} change
 * @param {(build: any) => void} takeBack
 */
export function drawOwnLines(list, own, open, change, takeBack) {
  for (const item of list.children) {
    const build = own.get(item.getAttribute("data-key") ?? "");
    const [edit, back] = /** @type {HTMLButtonElement[]} */ ([find(item, ".change"), find(item, ".withdraw")]);
    set(item, "data-own", build ? true : null);
    show(find(item, ".actions"), Boolean(build) && open);
    show(find(item, ".hidden"), Boolean(build?.hidden_reason));
    if (!build) continue;
    write(find(item, ".hidden"), build.hidden_reason ? `Hidden by the moderator: ${build.hidden_reason}` : "");
    const name = `${KINDS[build.kind]}: ${build.text}`.slice(0, 80);
    set(edit, "aria-label", `Change ${name}`);
    edit.onclick = () => change(build);
    const sure = back.dataset.sure === "yes";
    write(back, sure ? "Really take back?" : "Take back");
    set(back, "aria-label", `${back.textContent} ${name}`);
    back.onclick = () => {
      if (sure) return takeBack(build);
      back.dataset.sure = "yes";
      write(back, "Really take back?");
      setTimeout(() => { delete back.dataset.sure; write(back, "Take back"); }, SURE_SECONDS * 1000);
      drawOwnLines(list, own, open, change, takeBack);
    };
  }
}

function newLine() {
  return make("li", { class: "line" }, [
    make("p", {}, [make("span", { class: "kind" }), " ", make("span", { class: "words" })]),
    make("p", { class: "fix" }),
    make("p", { class: "from" }),
    make("p", { class: "hidden problem", hidden: "" }),
    make("div", { class: "actions", hidden: "" }, [
      make("button", { type: "button", class: "change", text: "Change" }),
      make("button", { type: "button", class: "withdraw", text: "Take back" }),
    ]),
  ]);
}
