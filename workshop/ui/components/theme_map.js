// The theme map of the wall: places and sizes come from the server; here they are drawn, and glide when they change.

import { find, keyed, set, write } from "./dom.js";
import { SHAPES, fit, make } from "./shapes.js";

/**
 * @typedef {{ key: string, x: number, y: number, radius: number, shape: string, fill: string, ring: string, ink: string, text: string, size: number, room: number }} Bubble
 * @typedef {{ side: string, text: string, x: number, width: number, fill: string }} Piece
 * @typedef {{ key: string, fill: string, lines: string[], size: number, step: number, x: number, y: number, width: number, bar: Piece[], bar_y: number, bar_height: number, bar_size: number }} Name
 */

const WHOLE = 100;

/** @param {ShadowRoot | HTMLElement} root */
export function mount(root) {
  const picture = make("svg", { role: "img" });
  const bubbles = make("g");
  const names = make("g");
  picture.append(bubbles, names);
  root.append(picture);
  document.fonts.ready.then(() => picture.querySelectorAll("text").forEach(fit));

  return {
    /** @param {any} component */
    update({ data }) {
      set(picture, "viewBox", `0 0 ${data.width} ${data.height}`);
      set(picture, "aria-label", data.spoken);
      keyed(bubbles, /** @type {Bubble[]} */ (data.bubbles), (bubble) => bubble.key, newBubble, drawBubble);
      keyed(names, /** @type {Name[]} */ (data.names), (name) => name.key, newName, drawName);
    },
    unmount() {
      picture.remove();
    },
  };
}

function newBubble() {
  return make("g", { class: "bubble" }, [make("path", { class: "mark", "stroke-width": 16 }), make("text")]);
}

/** @param {HTMLElement} group @param {Bubble} bubble */
function drawBubble(group, bubble) {
  const mark = find(group, ".mark");
  const text = find(group, "text");
  move(group, bubble.x, bubble.y);
  set(mark, "d", SHAPES[bubble.shape] ?? SHAPES.circle);
  mark.style.transform = `scale(${(bubble.radius / WHOLE) * 0.94})`; // the ring lies half outside of the shape
  mark.style.fill = bubble.fill;
  mark.style.stroke = bubble.ring;
  letter(text, bubble.text, { size: bubble.size, fill: bubble.ink, y: 0.355 * bubble.size, widest: bubble.room });
}

function newName() {
  return make("g", { class: "name" }, [make("g", { class: "lines" }), make("g", { class: "bar" })]);
}

/** @param {HTMLElement} group @param {Name} name */
function drawName(group, name) {
  move(group, name.x, name.y);
  const lines = name.lines.map((text, place) => ({ text, place }));
  keyed(find(group, ".lines"), lines, ({ place }) => String(place), () => make("text"), (line, { text, place }) => {
    const y = (place + 0.5) * name.step + 0.355 * name.size;
    letter(line, text, { size: name.size, fill: name.fill, x: name.width / 2, y, widest: name.width });
  });
  keyed(find(group, ".bar"), name.bar, (piece) => piece.side, newPiece, (part, piece) => {
    move(part, piece.x, name.bar_y);
    const block = find(part, ".piece");
    block.style.transform = `scale(${piece.width}, ${name.bar_height})`;
    block.style.fill = piece.fill;
    const y = name.bar_height / 2 + 0.355 * name.bar_size;
    letter(find(part, "text"), piece.text, { size: name.bar_size, fill: "#fff", x: piece.width / 2, y, widest: piece.width });
  });
}

function newPiece() {
  return make("g", { class: "part" }, [make("rect", { class: "piece", width: 1, height: 1 }), make("text")]);
}

/** @param {HTMLElement} element @param {string} words @param {{ size: number, fill: string, x?: number, y: number, widest: number }} how */
function letter(element, words, { size, fill, x = 0, y, widest }) {
  write(element, words);
  set(element, "x", x);
  set(element, "y", y);
  set(element, "data-widest", widest);
  element.style.fontSize = `${size}px`;
  element.style.fill = fill;
  fit(element);
}

/** @param {HTMLElement} element @param {number} x @param {number} y */
function move(element, x, y) {
  element.style.transform = `translate(${x}px, ${y}px)`;
}
