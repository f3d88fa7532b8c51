// The form under an idea: what somebody adds to it. What is typed is kept; it is sent until it is acknowledged, and the
// same text twice is once.

import { post } from "./calls.js";
import { KINDS } from "./build_lines.js";
import { make, set, show, write } from "./dom.js";
import { Kept } from "./kept.js";

const MOST = 280;
const LONGEST_PAUSE = 8_000;

/** @type {Record<string, string>} */
const ASKS = {
  improve: "What would make it better?",
  offer: "What can you or your organisation bring?",
  concern: "What could go wrong?",
  join: "Your organisation would join. What for, or under which condition? (You may leave this empty.)",
};

/**
 * @typedef {{idea: string, kind: string, person: string, build?: string, version?: number, text?: string, fix?: string}} Wish
 * `text` is what the form begins with: one's own words that are changed, or what was typed elsewhere.
 */

/**
 * @param {(answer: any) => void} sent  what the server answered when it has the words
 * @param {() => void} changed  something about the form is different: draw it again
 */
export function buildForm(sent, changed) {
  const asks = make("span");
  const words = make("textarea", { rows: "3", maxlength: String(MOST) });
  const fixes = make("textarea", { rows: "2", maxlength: String(MOST) });
  const fix = make("label", { class: "fix" }, ["How could that be solved?", fixes]);
  const left = make("span", { class: "hint" });
  const state = make("p", { class: "state", role: "status" });
  const problem = make("p", { class: "problem", role: "alert", hidden: "" });
  const send = make("button", { type: "submit", class: "publish" });
  const close = make("button", { type: "button", text: "Close" });
  const box = make("form", { class: "adding" }, [
    make("label", {}, [asks, words]), fix, make("div", { class: "actions" }, [send, close, left]), state, problem,
  ]);
  /** @type {Wish | null} */
  let wish = null;
  /** @type {Kept | null} */
  let kept = null;
  let sending = false;

  const typed = () => ({ text: words.value, fix: fixes.value });

  const draw = () => {
    if (!wish) return;
    write(asks, ASKS[wish.kind]);
    show(fix, wish.kind === "concern");
    write(send, sending ? "Sending" : wish.build ? "Save the change" : `Send: ${KINDS[wish.kind]}`);
    set(send, "aria-disabled", sending || null);
    words.readOnly = fixes.readOnly = sending;
    write(left, words.value ? `${MOST - words.value.length} left` : "");
  };

  const tell = (/** @type {string} */ sentence, /** @type {boolean} */ wrong = false) => {
    write(state, wrong ? "" : sentence);
    write(problem, wrong ? sentence : "");
    show(problem, wrong);
  };

  box.oninput = () => {
    kept?.touched();
    draw();
  };
  close.onclick = () => end();

  box.onsubmit = async (event) => {
    event.preventDefault();
    if (!wish || !kept || sending) return;
    const [mine, under] = [wish, kept];
    const body = {
      idea: mine.idea, kind: mine.kind, person: mine.person, text: words.value, fix: mine.kind === "concern" ? fixes.value : "",
      ...(mine.build ? { build: mine.build, version: mine.version } : {}),
    };
    sending = under.held = true;
    tell("");
    draw();
    let answer = await post("/live/build", body);
    for (let pause = 1_000; !answer.ok && answer.lost && wish === mine; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      tell("Not sent yet. Your text is kept and is sent again by itself.");
      await new Promise((wait) => setTimeout(wait, pause * (0.5 + Math.random())));
      answer = await post("/live/build", body);
    }
    sending = under.held = false;
    if (answer.ok) {
      under.done();
      if (mine.build) post("/live/draft", { person: mine.person, slot: under.slot });
      if (wish === mine) end();
      sent(answer.data);
    } else {
      tell(answer.lost ? "" : answer.sentence, !answer.lost);
      draw();
    }
  };

  /** Put it away; what was typed stays kept. */
  const end = () => {
    kept?.save();
    kept?.end();
    kept = null;
    wish = null;
    sending = false;
    words.value = fixes.value = "";
    box.remove();
    tell("");
    changed();
  };

  return {
    box,
    draw,
    end,
    get wish() { return wish; },
    /** Whether words would be lost to the eye if the form went away now. */
    get busy() { return Boolean(wish && (sending || words.value.trim() || fixes.value.trim())); },
    /** The page goes away. */
    leave() { kept?.save(true); },
    /** Open it for an idea; what was typed before, here or on another device, is in it. @param {Wish} next */
    async open(next) {
      const same = wish && wish.idea === next.idea && wish.build === next.build && wish.person === next.person;
      wish = next;
      if (!same) {
        kept?.save();
        kept?.end();
        tell("");
        words.value = next.text ?? "";
        fixes.value = next.fix ?? "";
        kept = new Kept(next.person, `build:${next.build ?? next.idea}`, typed);
        if (next.text) kept.last = JSON.stringify(typed());
        else fill(kept);
      }
      draw();
      changed();
      words.focus();
    },
  };

  /** What was typed before, unless somebody has begun to type meanwhile. @param {Kept} mine */
  async function fill(mine) {
    const before = await mine.before();
    if (mine.over || !before || words.value || fixes.value) return;
    words.value = before.body.text ?? "";
    fixes.value = before.body.fix ?? "";
    if (before.saved) mine.last = JSON.stringify(typed());
    draw();
  }
}
