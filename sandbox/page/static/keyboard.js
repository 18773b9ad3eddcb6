// Inline keyboards: taps with their waiting state, and the bot's answers.

import { post } from "./api.js";
import { element } from "./dom.js";
import { showAlert, showToast } from "./notices.js";

const SAFE_LINK = /^(https?|tg):/i;

export function keyboard(message) {
  const rows = message.buttons.map((row) => element("div", { className: "row" }, ...row.map((button) => key(message.id, button))));
  return element("div", { className: "keyboard", role: "group", "aria-label": "Buttons" }, ...rows);
}

function key(messageId, { text, data, url }) {
  if (url && SAFE_LINK.test(url)) return element("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: text }, text);
  const made = element("button", { type: "button", title: text }, text);
  made.addEventListener("click", () => tap(made, messageId, data));
  return made;
}

async function tap(button, messageId, data) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  try {
    const { text, show_alert: alert } = await post("/api/tap", { message_id: messageId, data });
    if (text) (alert ? showAlert : showToast)(text);
  } catch (error) {
    showToast(error.message);
  } finally {
    button.ariaBusy = "false";
  }
}
