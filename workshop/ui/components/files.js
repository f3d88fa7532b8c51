// Files that the server makes when they are asked for: the page stays where it is, waits, and hands the file to the
// browser under its right name.

import { make } from "./dom.js";

const LOST = "The connection is interrupted. Tap again when it is back.";
const KEPT_SECONDS = 60;

/**
 * Take a file; comes back with a sentence when it cannot be had, else with nothing.
 * @param {string} path @param {(sentence: string) => void} told  called while others are before us
 * @returns {Promise<string>}
 */
export async function take(path, told) {
  for (;;) {
    try {
      const answer = await fetch(location.origin + path);
      const pause = Number(answer.headers.get("retry-after"));
      if (answer.ok) return save(await answer.blob(), nameIn(answer.headers.get("content-disposition")));
      const sentence = answer.headers.get("content-type")?.startsWith("text/plain") ? await answer.text() : LOST;
      if (answer.status !== 503 || !pause) return sentence;
      told(sentence);
      await new Promise((wait) => setTimeout(wait, pause * 1000 * (1 + Math.random())));
    } catch {
      return LOST;
    }
  }
}

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const link = make("a", { href: URL.createObjectURL(file), download: name, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_SECONDS * 1000);
  return "";
}

/** @param {string | null} disposition */
function nameIn(disposition) {
  return /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? "";
}
