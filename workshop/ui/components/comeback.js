// Wall and desk follow the room with a fragment of their page. When the server was started again, or the laptop slept for
// longer than a session lives, the page talks to a new session, which knows no fragment yet: it ignores every change and
// every tap, until the whole page has run once. This component, outside of the fragment, lets it run.

/** @type {Set<any>} */
const pages = new Set();

/** Run the whole page: what its fragment asked for was not answered. */
export function runPage() {
  for (const page of pages) page.setTriggerValue("back", true);
}

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  void root;
  /** @type {any} */
  let component = null;
  // Streamlit's name for the state of its own connection, on the element around the whole page.
  const app = document.querySelector("[data-test-connection-state]");
  const state = () => app?.getAttribute("data-test-connection-state");
  let before = state();
  const watching = new MutationObserver(() => {
    const now = state();
    if (now === "CONNECTED" && before !== now) runPage();
    before = now;
  });
  if (app) watching.observe(app, { attributeFilter: ["data-test-connection-state"] });

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
    },
  };
}
