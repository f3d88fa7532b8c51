// A chart of the wall: places and sizes come from the server; here they are drawn, and glide when they change.

import { keyed, set, write } from "./dom.js";
import { SHAPES, fit, make } from "./shapes.js";

/**
 * @typedef {{ key: string, x: number, y: number, paint: string }} Part
 * @typedef {Part & { width: number, height: number }} Block
 * @typedef {Part & { to_x: number, to_y: number, width: number, opacity: number }} Line
 * @typedef {Part & { radius: number, shape: string }} Mark
 * @typedef {Part & { text: string, size: number, room: number, anchor: string, bold: boolean }} Words
 */

const WHOLE = 100; // the shapes reach so far from their middle

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  const picture = make("svg", { role: "img" });
  const [blocks, lines, marks, words] = [make("g"), make("g"), make("g"), make("g")];
  picture.append(blocks, lines, marks, words);
  root.append(picture);
  document.fonts.ready.then(() => picture.querySelectorAll("text").forEach(fit));

  return {
    /** @param {any} component */
    update({ data }) {
      set(picture, "viewBox", `0 0 ${data.width} ${data.height}`);
      set(picture, "aria-label", data.spoken);
      keyed(blocks, /** @type {Block[]} */ (data.blocks), keyOf, () => make("rect", { class: "block", width: 1, height: 1 }), drawBlock);
      keyed(lines, /** @type {Line[]} */ (data.lines), keyOf, () => make("rect", { class: "line", width: 1, height: 1, x: 0, y: -0.5 }), drawLine);
      keyed(marks, /** @type {Mark[]} */ (data.marks), keyOf, () => make("path", { class: "mark" }), drawMark);
      keyed(words, /** @type {Words[]} */ (data.words), keyOf, () => make("text"), drawWords);
    },
    unmount() {
      picture.remove();
    },
  };
}

/** @param {Part} part */
function keyOf(part) {
  return part.key;
}

/** @param {HTMLElement} element @param {Block} block */
function drawBlock(element, block) {
  element.style.transform = `translate(${block.x}px, ${block.y}px) scale(${block.width}, ${block.height})`;
  element.style.fill = block.paint;
}

/** A line is a rectangle that is turned and stretched, because those can glide. @param {HTMLElement} element @param {Line} line */
function drawLine(element, line) {
  const across = line.to_x - line.x;
  const down = line.to_y - line.y;
  element.style.transform = `translate(${line.x}px, ${line.y}px) rotate(${Math.atan2(down, across)}rad) scale(${Math.hypot(across, down)}, ${line.width})`;
  element.style.fill = line.paint;
  element.style.opacity = String(line.opacity);
}

/** @param {HTMLElement} element @param {Mark} mark */
function drawMark(element, mark) {
  set(element, "d", SHAPES[mark.shape] ?? SHAPES.circle);
  element.style.transform = `translate(${mark.x}px, ${mark.y}px) scale(${mark.radius / WHOLE})`;
  element.style.fill = mark.paint;
}

/** @param {HTMLElement} element @param {Words} line */
function drawWords(element, line) {
  write(element, line.text);
  set(element, "data-widest", line.room);
  element.style.transform = `translate(${line.x}px, ${line.y + 0.355 * line.size}px)`;
  element.style.textAnchor = line.anchor;
  element.style.fontSize = `${line.size}px`;
  element.style.fontWeight = line.bold ? "700" : "500";
  element.style.fill = line.paint;
  fit(element);
}
