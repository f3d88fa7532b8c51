// When a page may rest and when it has to hurry: a phone in a pocket costs nothing, and one that is taken out catches up.

const HIDDEN_TOO_LONG = 60_000;
const ASLEEP = 5_000;
const TICK = 2_000;

/**
 * @param {() => void} rest  nobody has looked for a minute
 * @param {(long: boolean) => void} wake  somebody looks again after a while (`long`: after more than a minute): whatever
 *   was heard before may be old
 */
export function followSleep(rest, wake) {
  let hiddenAt = moment();
  let tickedAt = moment();
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) {
      hiddenAt = moment();
      timer = setTimeout(rest, HIDDEN_TOO_LONG);
    } else if (passed(hiddenAt) > ASLEEP) wake(passed(hiddenAt) > HIDDEN_TOO_LONG);
  };
  // A laptop that was closed and opened again was never hidden: only its timers stood still.
  const tick = () => {
    const gap = passed(tickedAt);
    tickedAt = moment();
    if (!document.hidden && gap > TICK + ASLEEP) wake(gap > HIDDEN_TOO_LONG);
  };
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", (event) => event.persisted && wake(true));
  setInterval(tick, TICK);
  if (document.hidden) look(); // opened in the background
}

function moment() {
  return { steady: performance.now(), clock: Date.now() };
}

/**
 * Milliseconds since a moment. `performance.now()` stands still while many phones sleep, the time of day does not: it
 * may be wrong, and jump, but here it can only cause a look too many.
 * @param {{steady: number, clock: number}} since
 */
function passed(since) {
  return Math.max(performance.now() - since.steady, Date.now() - since.clock);
}
