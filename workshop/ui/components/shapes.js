// What pictures are made of: elements of SVG, the shapes of sides, and texts that keep to their room.

import { set } from "./dom.js";

/** The shapes of sides, reaching 100 from their middle. @type {Record<string, string>} */
export const SHAPES = {
  circle: "M100 0A100 100 0 1 1 -100 0A100 100 0 1 1 100 0Z",
  square: "M-56 -86H56A30 30 0 0 1 86 -56V56A30 30 0 0 1 56 86H-56A30 30 0 0 1 -86 56V-56A30 30 0 0 1 -56 -86Z",
  triangle: "M0 -100L92 60H-92Z",
  diamond: "M0 -100L100 0L0 100L-100 0Z",
  star: "M0 -100L29 -40L95 -31L48 15L59 81L0 50L-59 81L-48 15L-95 -31L-29 -40Z",
  cross: "M-34 -94H34V-34H94V34H34V94H-34V34H-94V-34H-34Z",
};

/** A line that this browser's fonts draw wider than its box is drawn narrower. @param {Element} element */
export function fit(element) {
  const text = /** @type {SVGTextElement} */ (element);
  const widest = Number(text.getAttribute("data-widest"));
  set(text, "textLength", null);
  set(text, "lengthAdjust", null);
  if (!text.textContent || text.getComputedTextLength() <= widest) return;
  set(text, "textLength", widest);
  set(text, "lengthAdjust", "spacingAndGlyphs");
}

/**
 * @param {string} tag @param {Record<string, string | number>} [attributes] @param {Element[]} [children]
 * @returns {HTMLElement} an element of a picture; what all elements can is all that is asked of it
 */
export function make(tag, attributes = {}, children = []) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children);
  return /** @type {any} */ (element);
}
