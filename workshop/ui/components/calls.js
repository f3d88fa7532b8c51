// Calls to our own JSON routes. An answer is always a value: nothing here throws.

import { query } from "./stream.js";

/**
 * @typedef {{ok: true, data: any} | {ok: false, lost: boolean, sentence: string}} Answer
 * `lost` means that nobody knows whether it arrived: send it again, it says what shall be true.
 */

const LOST = "The connection is interrupted. It is sent again by itself.";

/** @param {string} path @param {Record<string, string>} [parameters] @returns {Promise<Answer>} */
export function get(path, parameters = {}) {
  return call(`${path}?${new URLSearchParams({ ...query(), ...parameters })}`, {});
}

/** @param {string} path @param {Record<string, any>} body @param {boolean} [leaving] @returns {Promise<Answer>} */
export function post(path, body, leaving = false) {
  return call(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: query().code, ...body }),
    keepalive: leaving,
  });
}

/** @param {string} path @param {RequestInit} options @returns {Promise<Answer>} */
async function call(path, options) {
  try {
    const answer = await fetch(location.origin + path, { signal: AbortSignal.timeout(15_000), ...options });
    const data = await answer.json();
    if (answer.ok) return { ok: true, data };
    return { ok: false, lost: answer.status >= 500, sentence: data.error ?? LOST };
  } catch {
    return { ok: false, lost: true, sentence: LOST };
  }
}
