// What a tap's answer looks like: a passing notice, or an alert that wants an OK.

import { byId } from "./dom.js";

const SHOWN_FOR = 3500;
let hiding = 0;

export function showToast(text) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { toast.hidden = true; }, SHOWN_FOR);
}

export function showAlert(text) {
  const dialog = byId("alert");
  byId("alert-text").textContent = text;
  if (!dialog.open) dialog.showModal();
}
