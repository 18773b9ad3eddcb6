// The list of messages: each is drawn once, and drawn again in its place when it is edited.

import { byId, element } from "./dom.js";
import { keyboard } from "./keyboard.js";
import { richText } from "./rich_text.js";
import { arrived, toEnd } from "./scrolling.js";
import { day, time } from "./times.js";

const list = byId("list");

const drawn = (id) => list.querySelector(`.message[data-id="${id}"]`);

export function showAll(messages) {
  list.replaceChildren();
  messages.forEach((message) => append(message));
  toEnd();
}

export function add(message) {
  append(message).classList.add("fresh");
  arrived(!message.from.is_bot);
}

/** Draws an edited message anew in its place; the focus stays on the button that has it. */
export function edit(message) {
  const shown = drawn(message.id);
  if (!shown) return;
  const focused = keysOf(shown).indexOf(document.activeElement);
  fill(shown, message);
  const keys = keysOf(shown);
  if (focused >= 0) (keys[focused] ?? keys[0] ?? byId("messages")).focus({ preventScroll: true });
}

export function remove(id) {
  drawn(id)?.remove();
}

/** Whether the visitor has written anything yet. */
export const hasOwn = () => list.querySelector(".mine") !== null;

export const isEmpty = () => list.querySelector(".message") === null;

function append(message) {
  const date = day(message.at);
  const last = [...list.querySelectorAll(".day")].at(-1);
  if (last?.textContent !== date) list.append(element("li", { className: "day" }, date));
  const made = element("li", { className: message.from.is_bot ? "message" : "message mine", "data-id": message.id });
  fill(made, message);
  list.append(made);
  return made;
}

function fill(node, message) {
  const bubble = element("div", { className: "bubble" });
  if (message.document) bubble.append(file(message));
  bubble.append(element("div", { className: "text" }, ...richText(message.text, message.entities)), stamp(message));
  node.dataset.version = message.version;
  node.replaceChildren(bubble, ...(message.buttons.length ? [keyboard(message)] : []));
}

const keysOf = (node) => [...node.querySelectorAll(".keyboard :is(button, a)")];

function file({ id, document: name }) {
  return element("a", { className: "document", href: `/api/documents/${id}`, download: name }, "📄 ", name);
}

function stamp({ at, version }) {
  return element("span", { className: "stamp" }, version ? `edited ${time(at)}` : time(at));
}
