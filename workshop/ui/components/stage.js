// The middle of every phone: what the step is about, drawn from the stream. Each kind of step has one view; a view is
// made when its step begins, drawn again with every change, and taken away when the step is over.

import { arrive, waiting, writing } from "./quiet.js";
import { ballot } from "./ballot.js";
import { get } from "./calls.js";
import { commit } from "./commit.js";
import { consortium } from "./consortium.js";
import { make, show, write } from "./dom.js";
import { ideaForm } from "./idea_form.js";
import { pitch } from "./pitch.js";
import { ranking } from "./ranking.js";
import { others } from "./others.js";
import { rating } from "./rating.js";
import { light } from "./ready.js";
import { join, known } from "./stream.js";
import { tableIdeas } from "./table_ideas.js";
import { takeAway } from "./take_away.js";
import { themeList } from "./theme_list.js";
import { doubtAll } from "./votes.js";
import { warmUp } from "./warm_up.js";

/**
 * @typedef {object} Stage  what a view may use
 * @property {HTMLElement} box            where it draws
 * @property {any} data                   what the page passed
 * @property {any} me                     who acts on this device and what is theirs; null until it was read
 * @property {(name: string) => any} topic    the newest state of a topic
 * @property {(me?: any) => void} renew   take this as the newest "me", or ask for it
 * @property {(idea: string, author?: string) => void} edit   let this idea stand in the form
 * @property {number} boardRevision       the newest revision of the board that we have heard of
 * @property {number} buildsRevision      the same of what people without a table fetch while they read
 * @property {(idea: string, text: string, author: string) => void} build   open the form under an idea that this view shows, with these words
 * @property {() => void} settle          go on to the step that is open, where a view was held
 *
 * @typedef {{draw: () => void, end?: () => void, wake?: () => void, holds?: () => boolean, build?: (idea: string, text: string, author: string) => void}} View
 * `wake`: read again what is this person's own; `holds`: somebody types here, so the next step's view has to wait
 */

/** @type {Record<string, (stage: Stage) => View>} */
const VIEWS = {
  arrive,
  warm_up: warmUp,
  write_alone: writing,
  share_at_the_table: tableIdeas,
  build_on_others: others,
  themes: themeList,
  vote_blind: ballot,
  rate: rating,
  reveal: ranking,
  consortium,
  pitch,
  commit,
  closing: takeAway,
};

const FORM_SECOND = "share_at_the_table";

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  const box = make("div", { class: "stage" });
  let place = "";
  let touched = "";
  let kind = "";
  let asking = 0;
  let underway = false;
  /** @type {View | null} */
  let view = null;
  let leave = () => {};

  /** @type {Stage} */
  const stage = {
    box,
    data: {},
    me: null,
    topic: known,
    edit: (idea, author) => void form.edit(idea, author),
    boardRevision: -1,
    buildsRevision: -1,
    build: (idea, text, author) => view?.build?.(idea, text, author),
    settle: () => draw(),
    async renew(me) {
      const turn = ++asking;
      if (me) stage.me = me;
      if (me) redraw();
      if (me && !underway) return; // with another answer on its way nobody knows which of the two is the older one
      underway = true;
      const answer = await get("/live/me", {});
      if (turn !== asking) return;
      underway = false;
      if (answer.ok) stage.me = answer.data;
      else if (answer.lost) setTimeout(() => turn === asking && stage.renew(), 2_000 + Math.random() * 2_000);
      redraw();
    },
  };
  const ready = light(stage);
  const late = make("p", { class: "quiet late" });
  const form = ideaForm(stage);
  const task = make("div", {}, [box, ready.box]);
  const all = make("div", { class: "all" }, [form.box, task]);
  root.append(late, all);

  const redraw = () => {
    const told = stage.me?.late;
    const sentence = told && told.step === known("room")?.step.key ? told.sentence : "";
    write(late, sentence);
    show(late, sentence !== "");
    view?.draw();
    ready.draw();
    form.draw();
    // At the table its ideas come first and a further idea second; not under the fingers of somebody who is typing.
    const below = kind === FORM_SECOND;
    if (!form.busy && (all.lastChild === form.box) !== below) below ? all.append(form.box) : all.prepend(form.box);
  };

  const draw = () => {
    const room = known("room");
    if (!room) return;
    if (room.step.kind !== kind && !view?.holds?.()) {
      kind = room.step.kind;
      view?.end?.();
      box.replaceChildren();
      view = (VIEWS[kind] ?? waiting)(stage);
    }
    redraw();
  };

  return {
    /** @param {any} latest */
    update(latest) {
      const { data } = latest;
      stage.data = data;
      const wanted = data.code;
      if (wanted !== place) {
        place = wanted;
        leave();
        leave = join({ code: data.code }, {
          draws: "all",
          onTopic: draw,
          onChanged: (revisions) => {
            stage.boardRevision = revisions.board ?? -1;
            stage.buildsRevision = revisions.builds ?? -1;
            redraw();
          },
          onWake: () => {
            doubtAll();
            stage.renew();
            view?.wake?.();
          },
        });
      }
      if (touched !== `${wanted} ${data.touched}`) {
        touched = `${wanted} ${data.touched}`;
        stage.renew();
      }
      draw();
    },
    unmount() {
      asking += 1;
      leave();
      view?.end?.();
      ready.end();
      form.end();
      late.remove();
      all.remove();
    },
  };
}
