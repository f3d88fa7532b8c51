// What Streamlit runs inline: it fetches the real module once and passes every later run on to it. Streamlit may call
// it again before the module is there, or call the clean-up of an earlier run after a later one has begun.
/** @param {any} component @returns {() => void} the clean-up */
export default function (component) {
  const root = component.parentElement;
  const slot = (root.roundtable ??= { runs: 0, view: null, gone: false });
  const run = ++slot.runs;
  slot.component = component;
  slot.gone = false;
  /** @type {(again: number) => Promise<any>} */
  const load = (again) =>
    import(location.origin + component.data.module + (again ? `?again=${again}` : "")).then(
      (module) => { if (!slot.gone) slot.view ??= module.mount(root); },
      () => new Promise((wait) => setTimeout(wait, 1000 * 2 ** Math.min(again, 5))).then(() => slot.gone || load(again + 1)),
    );
  slot.loading ??= load(0);
  slot.loading.then(() => slot.view && run === slot.runs && slot.view.update(slot.component));
  return () => {
    if (run !== slot.runs) return;
    slot.gone = true;
    slot.view?.unmount();
    slot.view = slot.loading = null;
  };
}
