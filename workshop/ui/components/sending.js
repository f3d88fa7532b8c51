// Sending goes over Streamlit's own socket, not over our stream. While that is away Streamlit disables every field, which
// would end the typing in the middle of a word and close the keyboard: here texts can be typed all the same. Only sending
// has to wait, and the person is told so.

import { make, set, show, write } from "./dom.js";

const WAITS = "Sending waits for the connection. Go on writing: your text is kept.";
const NOT_SENT = "This was not sent: the connection broke on the way. Your text is kept. Please tap once more.";
const SUBMIT = "[data-testid=stFormSubmitButton] button";
const TEXT = "textarea:disabled, input[type=text]:disabled:not([role=combobox])";

/**
 * @param {ShadowRoot | HTMLElement} root  where the sentence is drawn
 * @param {() => Element | null} box  the form's container
 */
export function watchSending(root, box) {
  const words = make("p", { class: "sending", role: "status", hidden: "" });
  root.append(words);
  let onTheWay = false; // tapped, and not heard of yet
  let broken = false;
  /** @type {{field: HTMLInputElement, from: number | null, to: number | null} | null} */
  let interrupted = null;

  // A browser takes the focus from a field in the moment in which it is disabled: give it back.
  const onBlur = (/** @type {FocusEvent} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.matches(TEXT)) interrupted = { field, from: field.selectionStart, to: field.selectionEnd };
  };
  const goOn = () => {
    if (interrupted?.field.isConnected && document.activeElement === document.body) {
      interrupted.field.focus({ preventScroll: true });
      interrupted.field.setSelectionRange(interrupted.from, interrupted.to);
    }
    interrupted = null;
  };

  const look = () => {
    const form = box();
    if (!form) return;
    for (const field of form.querySelectorAll(TEXT)) /** @type {HTMLInputElement} */ (field).disabled = false;
    goOn();
    const submit = /** @type {HTMLButtonElement | null} */ (form.querySelector(SUBMIT));
    const waits = Boolean(submit?.disabled);
    if (waits && onTheWay) broken = true;
    const sentence = waits ? WAITS : broken ? NOT_SENT : "";
    write(words, sentence);
    show(words, sentence !== "");
    set(document.documentElement, "data-sending", waits ? "waits" : broken ? "broken" : null);
  };
  document.addEventListener("focusout", onBlur, true);
  // Called before anything is drawn.
  const watching = new MutationObserver(look);
  watching.observe(document.body, { subtree: true, attributeFilter: ["disabled"] });

  return {
    look,
    tapped() {
      onTheWay = true;
      broken = false;
      look();
    },
    arrived() {
      onTheWay = broken = false;
      look();
    },
    end() {
      watching.disconnect();
      document.removeEventListener("focusout", onBlur, true);
      words.remove();
      delete document.documentElement.dataset.sending;
    },
  };
}
