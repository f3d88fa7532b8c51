// The report page: whoever taps a file stays on the page and sees what its build is at, as the builder tells it. Nothing
// is shown for what is there within a second.

import { find, keyed, make, set, show, write } from "./dom.js";
import { take } from "./files.js";

const SHOWN_AFTER = 1_000;
const ASK_EVERY = 500;
const FILE = /^\/download\/(\w+)(?:\.|\/v\d+\.)(.+)$/;
const WAITS = "Waiting for its turn";

/** @typedef {{path: string, code: string, suffix: string, label: string, since: number, words: string, done: number, of: number, problem: string}} Build */

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  const list = make("ul", { class: "builds", role: "status" });
  root.append(list);
  /** @type {any} */
  let component = null;
  /** @type {Map<string, Build>} by path */
  const builds = new Map();
  let timer = 0;

  const draw = () => {
    const now = performance.now();
    const shown = [...builds.values()].filter((each) => each.problem || now - each.since >= SHOWN_AFTER);
    keyed(list, shown, (each) => each.path, newBuild, drawBuild);
  };

  const ask = async () => {
    const running = [...builds.values()].filter((each) => !each.problem);
    await Promise.all(running.map(look));
    draw();
    clearTimeout(timer);
    if (running.length) timer = setTimeout(ask, ASK_EVERY);
  };

  /** @param {HTMLAnchorElement} link @param {RegExpExecArray} file */
  const start = async (link, [path, code, suffix]) => {
    if (builds.has(path) && !builds.get(path)?.problem) return;
    const label = link.getAttribute("aria-label") ?? link.textContent ?? "";
    const build = { path, code, suffix, label: label.replace(/^\s*\w*download\s*/, ""), since: performance.now(), words: WAITS, done: 0, of: 0, problem: "" };
    builds.set(path, build);
    clearTimeout(timer);
    timer = setTimeout(ask, SHOWN_AFTER);
    build.problem = await take(path, () => {});
    if (!build.problem) builds.delete(path);
    draw();
    if (!build.problem) component?.setTriggerValue("built", path);
  };

  /** @param {MouseEvent} event */
  const tapped = (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    for (const link of event.composedPath()) {
      const file = link instanceof HTMLAnchorElement && FILE.exec(link.pathname);
      if (!file) continue;
      event.preventDefault();
      start(/** @type {HTMLAnchorElement} */ (link), file);
    }
  };
  document.addEventListener("click", tapped, true);

  return {
    /** @param {any} latest */
    update(latest) {
      component = latest;
    },
    unmount() {
      clearTimeout(timer);
      document.removeEventListener("click", tapped, true);
      list.remove();
    },
  };
}

/** @param {Build} build */
async function look(build) {
  try {
    const answer = await fetch(`${location.origin}/download/${build.code}/progress?suffix=${build.suffix}`);
    if (answer.ok) Object.assign(build, await answer.json());
    if (!build.words) build.words = WAITS;
  } catch {
    // The file itself tells whether the connection is gone.
  }
}

function newBuild() {
  return make("li", {}, [make("p", { class: "label" }), make("progress"), make("p", { class: "stage" })]);
}

/** @param {HTMLElement} row @param {Build} build */
function drawBuild(row, build) {
  const bar = find(row, "progress");
  write(find(row, ".label"), build.label);
  show(bar, !build.problem);
  set(bar, "aria-label", build.label);
  set(bar, "max", build.of || 1);
  set(bar, "value", build.of ? build.done : null);
  write(find(row, ".stage"), build.problem || (build.of ? `${build.words}, ${build.done} of ${build.of}` : build.words));
  set(row, "data-problem", build.problem ? "" : null);
}
