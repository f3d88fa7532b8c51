// One connection per page, shared by all components of the page: a module is evaluated once, so its state is the page's.
// Whatever happens to the connection, what a screen shows only ever goes forward: an older revision is ignored.

import { followSleep } from "./sleep.js";

/**
 * @typedef {{topic: string, revision: number, receivedAt: number} & Record<string, any>} Topic
 * @typedef {"connecting" | "live" | "reconnecting" | "polling" | "elsewhere" | "refused"} Connection
 * @typedef {{code: string, as?: string}} Place   which workshop, and as which kind of page
 * @typedef {object} Listener
 * @property {string[] | "all"} draws             the topics that are wanted with their content
 * @property {(topic: Topic) => void} [onTopic]
 * @property {(revisions: Record<string, number>) => void} [onChanged]   newest revisions of topics without content
 * @property {(connection: Connection, sentence: string) => void} [onConnection]
 * @property {() => void} [onWake]                after a long sleep: what does not come with the stream may be old too
 */

const SILENCE = 40_000; // the server says something every 15 s
const FIRST_WORD = 8_000; // a network that collects events before it passes them on never gets so far
const IMPATIENT = 3_000; // a page that has nothing to show yet does not wait so long
const POLL = 10_000;
const LEAST_PAUSE = 300;
const LONGEST_PAUSE = 30_000;
const GRACE = 2_000;
const ALL_AT_ONCE = 2_000; // so long takes a whole room to come back; one person who wakes a phone waits a tenth of it
const WAKING = 200;

/** @type {Set<Listener>} */
const listeners = new Set();
/** @type {Map<string, Topic>} */
let topics = new Map();
/** @type {Record<string, number>} */
let changed = {};
/** @type {Place} */
let place = { code: "" };
/** @type {EventSource | null} */
let source = null;
/** @type {Connection} */
let connection = "connecting";
let sentence = "";
let drawn = "";
let failures = 0;
let spoken = false; // whether the open stream has said anything yet
let lastWord = 0;
let polling = false;
let resting = false;
const timers = { open: 0, close: 0, watch: 0, poll: 0 };

/**
 * Take part in the page's connection. What is known already is told at once.
 * @param {Place} wanted
 * @param {Listener} listener
 * @returns {() => void} leave
 */
export function join(wanted, listener) {
  if (wanted.code !== place.code || (wanted.as ?? "") !== (place.as ?? "")) moveTo(wanted);
  listeners.add(listener);
  clearTimeout(timers.close);
  listener.onConnection?.(connection, sentence);
  for (const topic of topics.values()) if (wants(listener, topic.topic)) listener.onTopic?.(topic);
  if (Object.keys(changed).length) listener.onChanged?.(changed);
  // Not while a pause is running: a page that is drawn anew must not bring the whole room back in one moment.
  if (source ? drawn !== allDraws() : !timers.open) openSoon(100);
  return () => {
    listeners.delete(listener);
    if (!listeners.size) timers.close = setTimeout(close, GRACE);
  };
}

/** The newest state of a topic that this page was sent. @param {string} name @returns {Topic | undefined} */
export function known(name) {
  return topics.get(name);
}

/** The query that says which workshop and which kind of page. @returns {Record<string, string>} */
export function query() {
  return place.as ? { code: place.code, as: place.as } : { code: place.code };
}

/** Connect again at once, because something about this device has changed (its table, for example). */
export function again() {
  wakeUp(WAKING);
}

/** @param {Place} wanted */
function moveTo(wanted) {
  close();
  place = { ...wanted };
  topics = new Map();
  changed = {};
  failures = 0;
  say("connecting");
}

/** @param {number} wait milliseconds */
function openSoon(wait) {
  clearTimeout(timers.open);
  timers.open = setTimeout(open, wait);
}

function open() {
  timers.open = 0;
  if (!listeners.size || !place.code || resting) return;
  source?.close();
  drawn = allDraws();
  const opened = new EventSource(`${location.origin}/live/stream?${question()}`);
  source = opened;
  spoken = false;
  lastWord = performance.now();
  const hear = (/** @type {(data: any) => void} */ then) => (/** @type {MessageEvent} */ event) => {
    if (source !== opened) return;
    spoken = true;
    lastWord = performance.now();
    failures = 0;
    then(JSON.parse(event.data));
  };
  const live = (/** @type {(data: any) => void} */ then) => hear((data) => { stopPolling(); say("live"); then(data); });
  opened.addEventListener("topic", live(takeTopic));
  opened.addEventListener("changed", live(takeChanged));
  opened.addEventListener("beat", live(() => {}));
  opened.addEventListener("bye", hear((data) => farewell(data.why)));
  opened.onerror = () => source === opened && lost();
  clearInterval(timers.watch);
  timers.watch = setInterval(watch, 2_000);
  if (!topics.size) startPolling(IMPATIENT);
}

function close() {
  source?.close();
  source = null;
  stopPolling();
  for (const name of /** @type {(keyof typeof timers)[]} */ (Object.keys(timers))) {
    clearTimeout(timers[name]);
    timers[name] = 0;
  }
}

function lost() {
  source?.close();
  source = null;
  failures += 1;
  if (connection === "live" || connection === "connecting") say("reconnecting");
  const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** Math.min(failures, 7));
  openSoon(LEAST_PAUSE + Math.random() * pause); // a whole room must not come back in the same moment
  if (failures > 1) startPolling(500);
}

/** @param {"again" | "replaced" | "gone"} why */
function farewell(why) {
  source?.close();
  source = null;
  if (why === "again") openSoon(Math.random() * ALL_AT_ONCE); // "live" stands until that fails
  else if (why === "replaced") {
    say("elsewhere");
    startPolling(POLL);
  } else {
    say("refused", "This workshop has ended.");
  }
}

function watch() {
  if (source && performance.now() - lastWord > (spoken ? SILENCE : FIRST_WORD)) lost();
}

/** @param {number} wait */
function startPolling(wait) {
  if (polling) return;
  polling = true;
  pollSoon(wait);
}

function stopPolling() {
  polling = false;
  clearTimeout(timers.poll);
}

/** @param {number} wait */
function pollSoon(wait) {
  clearTimeout(timers.poll);
  timers.poll = setTimeout(poll, wait * (0.8 + Math.random() * 0.4));
}

async function poll() {
  const asked = place;
  const here = () => asked === place && polling && listeners.size > 0;
  if (!here()) return;
  try {
    const answer = await fetch(`${location.origin}/live/now?${question()}`, { signal: AbortSignal.timeout(POLL) });
    const data = await answer.json();
    if (!here()) return;
    if (answer.ok) answered(data);
    else if (answer.status < 500) say("refused", data.error);
    else unanswered();
  } catch {
    if (here()) unanswered();
  }
  if (here()) pollSoon(POLL);
}

/** @param {{topics: any[], changed: Record<string, number>}} data */
function answered(data) {
  // The server can be reached again: the pause may have grown long while it could not.
  if (connection === "reconnecting" && !source) openSoon(Math.random() * ALL_AT_ONCE);
  if (connection !== "elsewhere") say("polling");
  for (const topic of data.topics) takeTopic(topic);
  takeChanged(data.changed);
}

function unanswered() {
  if (connection === "polling" || connection === "connecting") say("reconnecting");
}

/** @param {any} data */
function takeTopic(data) {
  const before = topics.get(data.topic);
  if (before && before.revision > data.revision && before.table_id === data.table_id) return;
  const topic = { ...data, receivedAt: performance.now() };
  topics.set(data.topic, topic);
  for (const listener of listeners) if (wants(listener, data.topic)) listener.onTopic?.(topic);
}

/** @param {Record<string, number>} revisions */
function takeChanged(revisions) {
  const newer = Object.fromEntries(Object.entries(revisions).filter(([name, number]) => number > (changed[name] ?? -1)));
  if (!Object.keys(newer).length) return;
  changed = { ...changed, ...newer };
  for (const listener of listeners) listener.onChanged?.(changed);
}

/** @param {Connection} now @param {string} [why] */
function say(now, why = "") {
  if (connection === now && sentence === why) return;
  connection = now;
  sentence = why;
  for (const listener of listeners) listener.onConnection?.(now, why);
}

/** @param {Listener} listener @param {string} name */
function wants(listener, name) {
  return listener.draws === "all" || listener.draws.includes(name);
}

function allDraws() {
  const all = [...listeners];
  if (all.some((listener) => listener.draws === "all")) return "all";
  return [...new Set(all.flatMap((listener) => listener.draws))].sort().join(",") || "none";
}

/** Who asks, what is here already, what is wanted with its content. */
function question() {
  const have = [...topics.values()].map((topic) => `${nameOf(topic)}:${topic.revision}`).join(",");
  const draws = allDraws();
  return new URLSearchParams({ ...query(), have, ...(draws === "all" ? {} : { draw: draws }) });
}

/** @param {Topic} topic */
function nameOf(topic) {
  return topic.topic === "table" ? `table:${topic.table_id}` : topic.topic;
}

/** @param {number} within milliseconds */
function wakeUp(within) {
  resting = false;
  if (!listeners.size || !place.code) return;
  failures = 0;
  openSoon(Math.random() * within);
}

function rest() {
  close();
  resting = true;
}

followSleep(rest, (long) => {
  wakeUp(WAKING);
  if (long) for (const listener of listeners) listener.onWake?.();
});
window.addEventListener("online", () => resting || wakeUp(ALL_AT_ONCE)); // the Wi-Fi comes back for everybody at once
window.addEventListener("offline", () => source && lost()); // an open stream does not notice that the Wi-Fi is gone
window.addEventListener("focus", () => connection === "elsewhere" && wakeUp(WAKING));
