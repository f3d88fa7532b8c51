// One connection per page, shared by all components of the page: a module is evaluated once, so its state is the page's.
// Whatever happens to the connection, what a screen shows only ever goes forward: an older revision is ignored.

/**
 * @typedef {{topic: string, revision: number, receivedAt: number} & Record<string, any>} Topic
 * @typedef {"connecting" | "live" | "reconnecting" | "polling" | "elsewhere" | "refused"} Connection
 * @typedef {{code: string, as?: string}} Place   which workshop, and as which kind of page
 * @typedef {object} Listener
 * @property {string[] | "all"} draws             the topics that are wanted with their content
 * @property {(topic: Topic) => void} [onTopic]
 * @property {(revisions: Record<string, number>) => void} [onChanged]   newest revisions of topics without content
 * @property {(connection: Connection, sentence: string) => void} [onConnection]
 */

const SILENCE = 40_000; // the server says something every 15 s
const FIRST_WORD = 8_000; // a network that collects events before it passes them on never gets so far
const POLL = 10_000;
const LONGEST_PAUSE = 30_000;
const ASLEEP = 5_000;
const HIDDEN_TOO_LONG = 60_000;
const GRACE = 2_000;

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
let lastWord = 0;
let hiddenSince = 0;
let timers = { open: 0, close: 0, watch: 0, poll: 0, hide: 0 };

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
  if (!source || drawn !== allDraws()) openSoon(100);
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
  wakeUp();
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
  if (!listeners.size || !place.code) return;
  source?.close();
  clearTimeout(timers.open);
  drawn = allDraws();
  const asked = new URLSearchParams({ ...query(), have: have(), ...(drawn === "all" ? {} : { draw: drawn }) });
  const opened = new EventSource(`${location.origin}/live/stream?${asked}`);
  source = opened;
  lastWord = performance.now();
  const hear = (/** @type {(data: any) => void} */ then) => (/** @type {MessageEvent} */ event) => {
    if (source !== opened) return;
    lastWord = performance.now();
    failures = 0;
    clearTimeout(timers.poll);
    say("live");
    then(JSON.parse(event.data));
  };
  opened.addEventListener("topic", hear(takeTopic));
  opened.addEventListener("changed", hear(takeChanged));
  opened.addEventListener("beat", hear(() => {}));
  opened.addEventListener("bye", hear((data) => farewell(data.why)));
  opened.onerror = () => source === opened && lost();
  clearInterval(timers.watch);
  timers.watch = setInterval(watch, 2_000);
}

function close() {
  source?.close();
  source = null;
  for (const name of /** @type {(keyof typeof timers)[]} */ (Object.keys(timers))) clearTimeout(timers[name]);
}

function lost() {
  source?.close();
  source = null;
  failures += 1;
  if (connection !== "refused") say(failures > 2 ? "polling" : "reconnecting");
  const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** Math.min(failures, 7));
  openSoon(pause * (0.5 + Math.random())); // a whole room must not come back in the same moment
  if (failures > 1) pollSoon(failures === 2 ? 500 : POLL);
}

/** @param {"again" | "replaced" | "gone"} why */
function farewell(why) {
  source?.close();
  source = null;
  if (why === "again") {
    say("reconnecting");
    openSoon(Math.random() * 2_000);
  } else if (why === "replaced") {
    say("elsewhere");
    pollSoon(POLL);
  } else {
    say("refused", "This workshop has ended.");
  }
}

function watch() {
  const silent = performance.now() - lastWord;
  if (source && silent > (connection === "live" ? SILENCE : FIRST_WORD)) lost();
}

/** @param {number} wait */
function pollSoon(wait) {
  clearTimeout(timers.poll);
  timers.poll = setTimeout(poll, wait * (0.8 + Math.random() * 0.4));
}

async function poll() {
  if (!listeners.size || connection === "live") return;
  const asked = place;
  try {
    const parameters = { ...query(), have: have(), ...(drawn === "all" || !drawn ? {} : { draw: drawn }) };
    const answer = await fetch(`${location.origin}/live/now?${new URLSearchParams(parameters)}`);
    const data = await answer.json();
    if (asked !== place) return;
    if (answer.ok) {
      if (connection === "reconnecting" || connection === "refused") say("polling");
      for (const topic of data.topics) takeTopic(topic);
      takeChanged(data.changed);
    } else if (answer.status < 500) say("refused", data.error);
  } catch {
    if (asked === place && connection === "polling") say("reconnecting");
  }
  if (asked === place) pollSoon(POLL);
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

function have() {
  return [...topics.values()].map((topic) => `${nameOf(topic)}:${topic.revision}`).join(",");
}

/** @param {Topic} topic */
function nameOf(topic) {
  return topic.topic === "table" ? `table:${topic.table_id}` : topic.topic;
}

function wakeUp() {
  if (!listeners.size || !place.code) return;
  failures = 0;
  openSoon(Math.random() * 300);
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timers.hide);
  if (document.hidden) {
    hiddenSince = performance.now();
    timers.hide = setTimeout(() => { source?.close(); source = null; }, HIDDEN_TOO_LONG);
  } else if (!source || performance.now() - hiddenSince > ASLEEP) wakeUp();
});
window.addEventListener("online", wakeUp);
window.addEventListener("offline", () => source && lost()); // an open stream does not notice that the Wi-Fi is gone
window.addEventListener("pageshow", (event) => event.persisted && wakeUp());
window.addEventListener("focus", () => connection === "elsewhere" && wakeUp());
