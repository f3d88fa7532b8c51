// The clock of the step, from the remaining seconds that the server sent and from how long ago that was here. The
// phone's own time of day is never asked: it may be wrong by a day, a zone, or an hour in the middle of the session.

/** @typedef {import("./stream.js").Topic} Topic */

/** @param {Topic} room @returns {number | null} seconds left, negative when over time; null without a clock */
export function remaining(room) {
  if (room.clock.remaining === null) return null;
  return room.clock.running ? room.clock.remaining - passed(room) : room.clock.remaining;
}

/** @param {Topic} room @returns {number} seconds left for a late save, 0 when there are none */
export function late(room) {
  return room.late_seconds === null ? 0 : Math.max(0, room.late_seconds - passed(room));
}

/** The same for what is added to ideas of others. @param {Topic} room @returns {number} */
export function lateBuild(room) {
  return (room.late_build_seconds ?? null) === null ? 0 : Math.max(0, room.late_build_seconds - passed(room));
}

/** What may be done now. @param {Topic} room @returns {string[]} */
export function may(room) {
  const overLate = room.late_seconds !== null && late(room) === 0;
  const overLateBuild = (room.late_build_seconds ?? null) !== null && lateBuild(room) === 0;
  return room.may.filter((/** @type {string} */ act) => !(overLate && act === "write") && !(overLateBuild && act === "build"));
}

/** The time of day in the room, as the server tells it. @param {Topic} room @returns {string} "09:05" */
export function timeOfDay(room) {
  const minutes = Math.floor((room.clock.time_of_day + passed(room)) / 60) % (24 * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** @param {number} seconds @returns {string} "12:05", over time "+0:07" */
export function spoken(seconds) {
  const whole = seconds < 0 ? Math.floor(-seconds) : Math.ceil(seconds);
  return `${seconds < 0 && whole > 0 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {Topic} room */
function passed(room) {
  return (performance.now() - room.receivedAt) / 1000;
}

/** Seconds until a time of day in the room, negative once it has passed; midnight may lie between. @param {Topic} room @param {number} secondsOfDay */
export function until(room, secondsOfDay) {
  const day = 24 * 60 * 60;
  const left = secondsOfDay - (room.clock.time_of_day + passed(room));
  return ((((left + day / 2) % day) + day) % day) - day / 2;
}
