// From Telegram's text and entities to nodes. Entity offsets count UTF-16 units, as strings here do.

import { element } from "./dom.js";

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];
const COMMAND = /(?<![\w/@<])\/[a-z0-9_]{1,32}(?![\w/])/gi;
const SAFE_LINK = /^(https?|tg):/i;

/** Nodes of a message's text; `entities` come outer first, as the server sorts them. */
export function richText(text, entities) {
  const shown = entities.filter(({ type }) => type !== "bot_command");
  return nodes(text, shown, 0, text.length, true);
}

function nodes(text, entities, from, to, commands) {
  const made = [];
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const end = entity.offset + entity.length;
    if (entity.offset < at) continue;
    const inner = entities.slice(index + 1).filter((one) => one.offset >= entity.offset && one.offset + one.length <= end);
    made.push(...plain(text.slice(at, entity.offset), commands));
    const linkable = commands && !["code", "pre", "text_link"].includes(entity.type);
    made.push(wrap(entity, nodes(text, inner, entity.offset, end, linkable)));
    at = BLOCKS.includes(entity.type) && text[end] === "\n" ? end + 1 : end; // a block ends its own line
  }
  made.push(...plain(text.slice(at, to), commands));
  return made;
}

function plain(text, commands) {
  if (!commands) return text ? [text] : [];
  const made = [];
  let at = 0;
  for (const found of text.matchAll(COMMAND)) {
    made.push(text.slice(at, found.index), command(found[0]));
    at = found.index + found[0].length;
  }
  made.push(text.slice(at));
  return made.filter((node) => node !== "");
}

const command = (text) => element("button", { type: "button", className: "command", "data-command": text }, text);

function wrap(entity, children) {
  if (entity.type === "text_link" && SAFE_LINK.test(entity.url)) {
    return element("a", { href: entity.url, target: "_blank", rel: "noopener noreferrer" }, ...children);
  }
  if (entity.type === "spoiler") return spoiler(children);
  return element(TAGS[entity.type] ?? "span", {}, ...children);
}

function spoiler(children) {
  const hidden = element("span", { className: "spoiler", role: "button", tabIndex: 0, "aria-label": "Hidden text, press to show" }, ...children);
  const open = () => {
    hidden.classList.add("open");
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
  };
  hidden.addEventListener("click", open);
  hidden.addEventListener("keydown", ({ key }) => ["Enter", " "].includes(key) && open());
  return hidden;
}
