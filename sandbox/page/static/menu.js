// The bot's commands, filtered by what is typed.

import { byId, element } from "./dom.js";

const menu = byId("menu");
let commands = [];
let onPick = () => {};
let chosen = -1;

export function setCommands(given) {
  commands = given;
}

export function showMenu(typed, pick) {
  const fitting = commands.filter(({ command }) => command.startsWith(typed.toLowerCase()));
  onPick = pick;
  chosen = -1;
  menu.replaceChildren(...fitting.map(row));
  setOpen(fitting.length > 0);
}

export function closeMenu() {
  setOpen(false);
}

/** Arrow keys, Enter and Escape while the menu is open; true if the key is used up. */
export function menuKey(event) {
  if (menu.hidden) return false;
  const rows = [...menu.children];
  if (event.key === "Escape") closeMenu();
  else if (event.key === "ArrowDown") choose(rows, chosen + 1);
  else if (event.key === "ArrowUp") choose(rows, chosen < 0 ? rows.length - 1 : chosen - 1);
  else if (event.key === "Tab" && chosen < 0) choose(rows, 0);
  else if (event.key === "Enter" && chosen >= 0) rows[chosen].click();
  else return false;
  event.preventDefault();
  return true;
}

function choose(rows, index) {
  chosen = (index + rows.length) % rows.length;
  rows.forEach((one, at) => one.setAttribute("aria-selected", String(at === chosen)));
  rows[chosen].scrollIntoView({ block: "nearest" });
  byId("composer").setAttribute("aria-activedescendant", rows[chosen].id);
}

function row({ command, description }) {
  const made = element("button", { type: "button", id: `command-${command}`, role: "option", "aria-selected": "false" }, element("b", {}, `/${command}`), element("span", {}, description));
  made.addEventListener("click", () => onPick(command));
  return made;
}

function setOpen(open) {
  menu.hidden = !open;
  byId("commands").setAttribute("aria-expanded", String(open));
  if (!open) byId("composer").removeAttribute("aria-activedescendant");
}
