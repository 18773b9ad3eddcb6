// Light or dark: the system's choice until someone chooses otherwise.

import { byId } from "./dom.js";

const KEY = "theme";
const root = document.documentElement;

export function startTheme() {
  const kept = read();
  if (kept) root.dataset.theme = kept;
  byId("theme").addEventListener("click", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    root.dataset.theme = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
    write(root.dataset.theme);
  });
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser may forbid storage
  }
}

function write(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // the choice then lasts as long as the page
  }
}
