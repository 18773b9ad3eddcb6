// The market as the server reports it: BNB, switches, clock and requests.

import { byId, element, setText } from "./dom.js";
import { act } from "./panel.js";
import { duration, full, now, setAhead, time } from "./times.js";
import { showWallet, startWallet } from "./wallet.js";

const OUTCOMES = {
  normal: "Normal",
  lost_after: "Carried out, answer lost",
  lost_before: "Lost before it is carried out",
  timeout: "Carried out, “timeout”",
  partly: "Only half of it",
  refused: "Refused: one token",
  cooldown: "Refused: too soon",
  limited: "Rate limit",
};
let known = null;

export function startMarket() {
  byId("outcomes").append(...Object.entries(OUTCOMES).map(([outcome, label]) => element("button", { type: "button", "data-do": "next", "data-outcome": outcome, "aria-pressed": "false" }, label)));
  byId("latency").addEventListener("click", ({ target }) => target.dataset.ms && act("latency", { milliseconds: Number(target.dataset.ms) }));
  byId("cooldown").addEventListener("change", ({ target }) => act("cooldown", { minutes: Number(target.value) }));
  for (const name of ["down", "maintenance"]) {
    byId(name).addEventListener("change", async ({ target }) => {
      if (!(await act(name, { on: target.checked }))) target.checked = !target.checked;
    });
  }
  startWallet();
  setInterval(tick, 1000);
}

export function showMarket(market) {
  setAhead(market.ahead_seconds);
  showBnb(market);
  press("#outcomes button", ({ outcome }) => outcome === market.next);
  press("#latency button", ({ ms }) => Number(ms) === market.latency);
  byId("down").checked = market.down;
  byId("maintenance").checked = market.maintenance;
  byId("cooldown").value = String(market.cooldown_minutes);
  byId("assets").replaceChildren(...market.assets.map((asset) => element("option", { value: asset })));
  showWallet(market.wallet);
  byId("requests").replaceChildren(...market.requests.map(request));
  known = market;
  tick();
}

function showBnb({ bnb, bnb_worth: worth }) {
  setText(byId("bnb"), bnb);
  setText(byId("bnb-chip"), `${bnb} BNB`);
  setText(byId("bnb-worth"), `worth ${Number(worth).toFixed(2)} USDT`);
  if (known && known.bnb !== bnb) {
    const change = Number(bnb) - Number(known.bnb);
    byId("bnb-gain").className = change > 0 ? "" : "less";
    setText(byId("bnb-gain"), `${change > 0 ? "+" : "−"}${Math.abs(change).toFixed(8)}`);
  }
}

function press(selector, isOn) {
  for (const button of document.querySelectorAll(selector)) button.ariaPressed = String(isOn(button.dataset));
}

function tick() {
  setText(byId("clock"), `${full(now())} UTC`);
  const until = known?.cooldown_until;
  const left = until ? new Date(until) - now() : 0;
  setText(byId("cooldown-left"), left > 0 ? `Next conversion from ${time(until)}, in ${duration(left)}.` : "A conversion is possible now.");
}

function request({ number, method, path, status }) {
  const kind = status === null ? "waiting" : status < 400 ? "good" : "bad";
  return element("li", { "data-number": number }, element("span", { className: "method" }, method), element("span", { className: "path", title: path }, path), element("span", { className: kind }, status === null ? "no answer" : String(status)));
}
