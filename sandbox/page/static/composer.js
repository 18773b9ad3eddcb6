// The writing line: Enter sends, Shift+Enter breaks the line, "/" opens the commands.

import { post } from "./api.js";
import { byId } from "./dom.js";
import { closeMenu, menuKey, showMenu } from "./menu.js";
import { showToast } from "./notices.js";

const field = byId("composer");

export function startComposer() {
  byId("write").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("input", refresh);
  byId("commands").addEventListener("click", toggleMenu);
  byId("start").addEventListener("click", () => send("/start"));
  byId("messages").addEventListener("click", ({ target }) => {
    if (target.matches(".command")) send(target.dataset.command);
  });
}

export async function send(text) {
  closeMenu();
  try {
    await post("/api/send", { text });
  } catch (error) {
    showToast(error.message);
    return false;
  }
  return true;
}

async function submit() {
  const text = field.value;
  if (!text.trim()) return;
  field.value = "";
  refresh();
  if (!(await send(text)) && !field.value) {
    field.value = text;
    refresh();
  }
}

function onKey(event) {
  if (event.isComposing || menuKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  }
}

function refresh() {
  byId("send").disabled = !field.value.trim();
  if (/^\/[a-z0-9_]*$/i.test(field.value)) showMenu(field.value.slice(1), pick);
  else closeMenu();
}

function toggleMenu() {
  if (!byId("menu").hidden) return closeMenu();
  showMenu("", pick);
  return field.focus();
}

function pick(command) {
  field.value = "";
  refresh();
  send(`/${command}`);
}
