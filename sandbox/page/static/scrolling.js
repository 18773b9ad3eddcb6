// Follows the newest message, unless someone reads further up.

import { byId, setText } from "./dom.js";

const NEAR = 60;
const box = byId("messages");
const button = byId("to-end");
let following = true;
let unread = 0;

export function startScrolling() {
  box.addEventListener("scroll", () => {
    following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (following) unread = 0;
    draw();
  });
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
  following = true;
  unread = 0;
  jump();
  draw();
}

function jump() {
  box.scrollTop = box.scrollHeight;
}

function draw() {
  button.hidden = following;
  setText(byId("unread"), unread ? String(unread) : "");
}
