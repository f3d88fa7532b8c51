// Wall and desk follow the room with a fragment of their page. When the server was started again, or the laptop slept for
// longer than a session lives, the page talks to a new session, which knows no fragment yet: it ignores every change and
// every tap, until the whole page has run once. This component, outside of the fragment, lets it run. Until then a button
// would do nothing, so it cannot be pressed, and a line says why.

import { make, set, show } from "./dom.js";

/** @type {Set<any>} */
const pages = new Set();

// Streamlit's names for the state of its own connection and of the page's run, on the element around the whole page.
const CONNECTION = "data-test-connection-state";
const RUN = "data-test-script-state";
const LONGEST_RUN = 10_000;

/** Run the whole page: what its fragment asked for was not answered. */
export function runPage() {
  for (const page of pages) page.setTriggerValue("back", true);
}

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  const line = make("p", { class: "away", role: "status", hidden: "", text: "Reconnecting: the buttons work again in a moment." });
  root.append(line);
  /** @type {any} */
  let component = null;
  const app = document.querySelector(`[${CONNECTION}]`);
  const connected = () => app?.getAttribute(CONNECTION) === "CONNECTED";
  let timer = 0;

  const isAway = () => document.documentElement.hasAttribute("data-away");
  const away = (/** @type {boolean} */ now) => {
    clearTimeout(timer);
    set(document.documentElement, "data-away", now || null);
    show(line, now && document.querySelector(".stButton") !== null);
  };
  const watching = new MutationObserver((changes) => {
    if (!connected()) return away(true);
    if (!isAway()) return;
    if (changes.some(({ attributeName }) => attributeName === CONNECTION)) {
      runPage();
      clearTimeout(timer);
      timer = setTimeout(() => away(false), LONGEST_RUN);
    } else if (app?.getAttribute(RUN) === "notRunning") away(false);
  });
  if (app) watching.observe(app, { attributeFilter: [CONNECTION, RUN] });

  return {
    /** @param {any} latest */
    update(latest) {
      pages.delete(component);
      component = latest;
      pages.add(component);
    },
    unmount() {
      pages.delete(component);
      watching.disconnect();
      away(false);
      line.remove();
    },
  };
}
