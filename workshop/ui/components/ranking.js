// Reveal: both orders of the same votes, as light bars in the sides' colours, one's own dots marked; then what the
// raters say of impact and feasibility. Every share stands with its base: supporters of that side's ballots. What has
// little to show is one line, which opens.

import { counted, find, keyed, make, set, show, write } from "./dom.js";
import { drawFolded, folded } from "./folded.js";
import { ratedIdeas } from "./rated_ideas.js";
import { votesOf } from "./votes.js";

/** @typedef {import("./stage.js").Stage} Stage @typedef {import("./stage.js").View} View */

const SUPPORTED = { isKnown: (/** @type {any} */ row) => row.score > 0, unknown: "not supported by every side" };
const VOTED = { isKnown: (/** @type {any} */ row) => row.dots > 0 || row.by_hand !== "", unknown: "without votes" };

/** @param {Stage} stage @returns {View} */
export function ranking(stage) {
  const both = section("By the support of all sides");
  const raw = section("By dots");
  const note = make("p", { class: "quiet", text: "This order appears when every side has voted." });
  const base = make("p", { class: "quiet base" });
  const nobody = make("p", { class: "quiet", hidden: "", text: "Nobody has voted. Both orders of the ideas stand here as soon as there are votes." });
  both.append(note);
  const rated = ratedIdeas();
  stage.box.append(nobody, both, raw, base, rated.box);
  /** @type {Record<string, number>} dots by number of the idea */
  let own = {};
  let asked = false;
  let ended = false;

  const look = async () => {
    asked = true;
    const dots = await readOwn(stage);
    if (ended) return;
    own = dots;
    draw();
  };

  const draw = () => {
    const results = stage.topic("results");
    if (stage.me && !asked) look();
    if (!results) return;
    const sides = stage.topic("room").sides;
    const most = Math.max(1, ...results.raw.map((/** @type {any} */ row) => row.dots));
    show(note, results.two_sided.length === 0);
    const voted = results.by_hand !== "" || Object.values(results.ballots_by_side).some(Boolean);
    show(nobody, !voted);
    for (const part of [both, raw, base]) show(part, voted);
    rows(both, results.two_sided, own, SUPPORTED, (row) => ({
      text: `${Math.round(100 * row.score)} %`,
      other: `place ${row.dots_rank} by dots (${counted(row.dots, "dot")})`,
      bars: sides.map((/** @type {any} */ side) => bar(side, row.share_by_side[side.key] ?? 0, supported(row, side, results))),
    }));
    rows(raw, results.raw, own, VOTED, (row) => ({
      text: [counted(row.dots, "dot"), row.by_hand].filter(Boolean).join(" "),
      other: row.two_sided_rank === null ? "" : `place ${row.two_sided_rank} by the support of all sides`,
      bars: sides.map((/** @type {any} */ side) => bar(side, (row.by_side[side.key] ?? 0) / most, String(row.by_side[side.key] ?? 0))),
    }));
    const ballots = sides.map((/** @type {any} */ side) => `${side.name} ${results.ballots_by_side[side.key] ?? 0}`);
    write(base, [`Ballots: ${ballots.join(", ")}`, results.by_hand].filter(Boolean).join(", "));
    rated.draw(results);
  };
  return { draw, end() { ended = true; }, wake: look };
}

/** @param {string} title */
function section(title) {
  return make("section", {}, [make("h2", { text: title }), ...folded()]);
}

/** @param {any} row @param {any} side @param {any} results */
function supported(row, side, results) {
  const share = row.share_by_side[side.key];
  const count = `${row.supporters_by_side[side.key] ?? 0} of ${results.ballots_by_side[side.key] ?? 0}`;
  return share === null || share === undefined ? count : `${count} (${Math.round(100 * share)} %)`;
}

/** @param {any} side @param {number} share @param {string} text */
function bar(side, share, text) {
  return { key: side.key, name: side.short, colour: side.colour, share, text };
}

/** @param {HTMLElement} section @param {any[]} ranked @param {Record<string, number>} own @param {{isKnown: (row: any) => boolean, unknown: string}} how @param {(row: any) => {text: string, other: string, bars: any[]}} say */
function rows(section, ranked, own, how, say) {
  const stays = (/** @type {any} */ row) => (own[row.number] ?? 0) > 0;
  drawFolded(section, ranked, { ...how, stays }, (list, those) => keyed(list, those, (row) => String(row.number), newRow, (item, row) => {
    const { text, other, bars } = say(row);
    write(find(item, ".place"), String(row.rank));
    write(find(item, ".title"), `#${row.number} ${row.title}`);
    write(find(item, ".score"), text);
    write(find(item, ".other"), other);
    show(find(item, ".other"), Boolean(other));
    const dots = own[row.number] ?? 0;
    set(item, "data-own", dots > 0 || null);
    write(find(item, ".mine"), dots ? `You gave ${counted(dots, "dot")}` : "");
    show(find(item, ".mine"), dots > 0);
    keyed(find(item, ".bars"), bars, (each) => each.key, newBar, (line, each) => {
      write(find(line, ".side"), each.name);
      write(find(line, ".amount"), each.text);
      line.style.setProperty("--side", each.colour);
      line.style.setProperty("--share", String(each.share));
    });
  }));
}

function newRow() {
  return make("li", { class: "rank" }, [
    make("span", { class: "place" }),
    make("span", { class: "title" }),
    make("span", { class: "score" }),
    make("ul", { class: "bars" }),
    make("span", { class: "other" }),
    make("span", { class: "mine" }),
  ]);
}

function newBar() {
  return make("li", {}, [make("span", { class: "side" }), make("span", { class: "track", "aria-hidden": "true" }), make("span", { class: "amount" })]);
}

/** The dots that the people on this device gave, by number of the idea. @param {Stage} stage @returns {Promise<Record<string, number>>} */
async function readOwn(stage) {
  /** @type {Record<string, number>} */
  const dots = {};
  for (const person of stage.me?.people ?? []) {
    const votes = votesOf(person.id);
    // Whoever has voted on this page knows it already. The others do not all ask in the same moment.
    if (!votes.ballot) await new Promise((wait) => setTimeout(wait, Math.random() * 3_000));
    if (!votes.ballot || votes.doubtful) await votes.renew();
    for (const [number, given] of Object.entries(votes.ballot?.by_number ?? {})) dots[number] = (dots[number] ?? 0) + given;
  }
  return dots;
}
