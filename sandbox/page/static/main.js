// Brings the parts together: every event from the server has one place where it goes.

import { startComposer } from "./composer.js";
import { byId, setText } from "./dom.js";
import { connect } from "./live.js";
import { showMarket, startMarket } from "./market.js";
import { setCommands } from "./menu.js";
import { add, edit, hasOwn, isEmpty, remove, showAll } from "./messages.js";
import { startPanel } from "./panel.js";
import { startScrolling } from "./scrolling.js";
import { startTheme } from "./theme.js";

const TYPING_FOR = 5000;
let quieting = 0;

const handlers = {
  state({ bot, chat, market }) {
    showBot(bot);
    showMarket(market);
    showAll(chat.messages);
    setStatus("bot");
    showFoot();
  },
  bot: ({ bot }) => showBot(bot),
  market: ({ market }) => showMarket(market),
  message({ message }) {
    add(message);
    if (message.from.is_bot) setStatus("bot");
    showFoot();
  },
  edit: ({ message }) => edit(message),
  delete: ({ message_id: id }) => remove(id),
  typing() {
    setStatus("typing…", "busy");
    quieting = setTimeout(() => setStatus("bot"), TYPING_FOR);
  },
};

function showBot({ name, about, commands }) {
  setText(byId("bot-name"), name);
  setText(byId("about"), about || "Press Start and see.");
  setCommands(commands);
}

function showFoot() {
  const started = hasOwn() && document.activeElement === byId("start");
  byId("intro").hidden = !isEmpty();
  byId("start").hidden = hasOwn();
  byId("write").hidden = !hasOwn();
  if (started && matchMedia("(pointer: fine)").matches) byId("composer").focus();
}

function setStatus(text, className = "") {
  clearTimeout(quieting);
  setText(byId("bot-status"), text);
  byId("bot-status").className = className;
}

startTheme();
startScrolling();
startComposer();
startPanel();
startMarket();
connect({
  onEvent: (event) => handlers[event.event]?.(event),
  onLoss: () => setStatus("connecting…"),
});
