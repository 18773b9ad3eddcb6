// The wallet table; a row opens to what can be done with its asset.

import { byId, element, setText } from "./dom.js";

const FEW = 6;
const opened = new Set();
let all = false;
let shown = "";
let rows = [];

export function showWallet(wallet) {
  const total = wallet.reduce((sum, { worth }) => sum + Number(worth), 0);
  setText(byId("wallet-total"), `${total.toFixed(2)} USDT`);
  rows = [...wallet].sort((a, b) => Number(b.worth) - Number(a.worth));
  const text = JSON.stringify(rows);
  if (text === shown) return;
  shown = text;
  draw();
}

export function startWallet() {
  byId("wallet-all").addEventListener("click", () => {
    all = !all;
    draw();
  });
}

function draw() {
  const focused = document.activeElement?.closest("#wallet button")?.dataset.key;
  byId("wallet").replaceChildren(...rows.slice(0, all ? rows.length : FEW).flatMap((row) => (opened.has(row.asset) ? [line(row), tools(row)] : [line(row)])));
  byId("wallet-all").hidden = rows.length <= FEW;
  byId("wallet-all").ariaExpanded = String(all);
  setText(byId("wallet-all"), all ? "Show fewer" : `Show all ${rows.length}`);
  if (focused) [...document.querySelectorAll("#wallet button")].find(({ dataset }) => dataset.key === focused)?.focus({ preventScroll: true });
}

function line(row) {
  const open = element("button", { type: "button", className: "open", "data-key": row.asset, "aria-expanded": String(opened.has(row.asset)) }, row.asset, ...tag(row));
  open.addEventListener("click", () => {
    if (!opened.delete(row.asset)) opened.add(row.asset);
    draw();
  });
  return element("tr", { "data-asset": row.asset }, element("td", {}, open), amount(row.free), amount(row.locked), element("td", {}, Number(row.worth).toFixed(2)));
}

function tag({ dust, supported }) {
  if (!supported) return [element("span", { className: "tag off" }, "not accepted")];
  return dust ? [element("span", { className: "tag dust" }, "dust")] : [];
}

function amount(text) {
  const short = text.replace(/\.?0+$/, "");
  return element("td", { className: short === "0" ? "zero" : "" }, short === "0" ? "–" : short);
}

function tools({ asset, free, locked, supported }) {
  const made = asset === "BTC" ? [] : [-10, 10, 50].map((percent) => tool(signed(percent), asset, "price", { percent }));
  if (Number(free)) made.push(tool("Lock", asset, "lock"));
  if (Number(locked)) made.push(tool("Unlock", asset, "unlock"));
  made.push(tool(supported ? "Stop accepting" : "Accept as dust", asset, "support", { on: !supported }));
  return element("tr", { className: "tools", "data-tools": asset }, element("td", { colSpan: 4 }, element("div", {}, ...made)));
}

const signed = (percent) => `${percent < 0 ? "−" : "+"}${Math.abs(percent)} %`;

function tool(label, asset, action, inputs = {}) {
  const given = Object.entries(inputs).map(([name, value]) => [`data-${name}`, String(value)]);
  return element("button", { type: "button", "data-key": `${asset} ${label}`, "data-do": action, "data-asset": asset, ...Object.fromEntries(given) }, label);
}
