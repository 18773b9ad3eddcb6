// The panel: its actions, what they said, and opening and closing it.

import { post } from "./api.js";
import { byId } from "./dom.js";

const NARROW = matchMedia("(max-width: 820px)");
const NUMBERS = ["hours", "percent", "minutes", "milliseconds"];
const panel = byId("panel");

export function startPanel() {
  setOpen(!NARROW.matches);
  NARROW.addEventListener("change", () => setOpen(!NARROW.matches));
  byId("panel-toggle").addEventListener("click", () => setOpen(panel.classList.contains("closed")));
  byId("panel-close").addEventListener("click", close);
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  panel.addEventListener("click", onClick);
  byId("deposit").addEventListener("submit", onDeposit);
}

/** Does an action and shows its effect; true if it worked. */
export async function act(action, inputs = {}) {
  try {
    const { said } = await post(`/api/panel/${action}`, inputs);
    say(said, "done");
    return true;
  } catch (error) {
    say(error.message, "failed");
    return false;
  }
}

function onClick({ target }) {
  const button = target.closest("button[data-do]");
  if (button) act(button.dataset.do, inputsOf(button));
}

function inputsOf({ dataset }) {
  const given = Object.entries(dataset).filter(([name]) => !["do", "key"].includes(name));
  return Object.fromEntries(given.map(([name, value]) => [name, read(name, value)]));
}

function read(name, value) {
  if (name === "on") return value === "true";
  return NUMBERS.includes(name) ? Number(value) : value;
}

async function onDeposit(event) {
  event.preventDefault();
  const asset = byId("deposit-asset").value.trim().toUpperCase();
  const amount = byId("deposit-amount").value.trim().replace(",", ".");
  if (await act("deposit", { asset, amount })) byId("deposit-amount").value = "";
}

function say(text, className) {
  const said = byId("said");
  said.textContent = text;
  said.className = className;
}

function close() {
  setOpen(false);
  byId("panel-toggle").focus();
}

function setOpen(open) {
  panel.classList.toggle("closed", !open);
  byId("panel-toggle").setAttribute("aria-expanded", String(open));
}
