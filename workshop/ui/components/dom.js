// The little that the components need to draw: elements with text, never with HTML, and lists that stay in place.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes] `text` sets the text, `on...` a handler, everything else an attribute
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children);
  return element;
}

/** Change an attribute only when it differs, so that nothing flickers. @param {Element} element @param {string} name @param {any} value */
export function set(element, name, value) {
  if (name === "text") write(element, value);
  else if (name.startsWith("on")) /** @type {any} */ (element)[name] = value;
  else if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

/** @param {Element} element @param {string} text */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {boolean} visible */
export function show(element, visible) {
  set(element, "hidden", visible ? null : "");
}

/**
 * Keep one child per item: known ones are updated where they are, so that focus, scrolling and open details stay.
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => HTMLElement} create
 * @param {(child: HTMLElement, item: T) => void} update
 */
export function keyed(parent, items, keyOf, create, update) {
  const before = new Map([...parent.children].map((child) => [child.getAttribute("data-key"), child]));
  const wanted = new Set(items.map(keyOf));
  for (const [key, child] of before) if (!wanted.has(key ?? "")) child.remove();
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = /** @type {HTMLElement | undefined} */ (before.get(key));
    if (!child) {
      child = create(item);
      child.setAttribute("data-key", key);
    }
    update(child, item);
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

/** @param {Element} parent @param {string} selector @returns {HTMLElement} */
export function find(parent, selector) {
  const found = parent.querySelector(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return /** @type {HTMLElement} */ (found);
}

/** "1 idea", "2 ideas". @param {number} count @param {string} one @param {string} [many] */
export function counted(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/** Whether somebody is typing, also inside of a component. */
export function isTyping() {
  const field = focused();
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
}

/** Whether somebody is typing inside of this element. @param {Element} box */
export function typesIn(box) {
  return isTyping() && box.contains(focused());
}

function focused() {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return found;
}
