// Follows the newest message, unless someone reads further up.

import { byId, setText } from "./dom.js";

const NEAR = 60;
const box = byId("messages");
const button = byId("to-end");
let following = true;
let unread = 0;
let top = 0;

export function startScrolling() {
  box.addEventListener("scroll", onScroll);
  button.addEventListener("click", toEnd);
  const sizes = new ResizeObserver(() => following && jump());
  sizes.observe(byId("list"));
  sizes.observe(box);
}

/** A message has arrived; one's own is always followed. */
export function arrived(mine) {
  if (mine) following = true;
  if (following) jump();
  else unread += 1;
  draw();
}

export function toEnd() {
  toEndReached();
  jump();
  draw();
}

// Only a move upwards is someone's wish: the end also gets farther away when a message grows.
function onScroll() {
  const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  if (near) toEndReached();
  else if (box.scrollTop < top) following = false;
  top = box.scrollTop;
  draw();
}

function toEndReached() {
  following = true;
  unread = 0;
}

function jump() {
  box.scrollTop = box.scrollHeight;
}

function draw() {
  button.hidden = following;
  setText(byId("unread"), unread ? String(unread) : "");
}
