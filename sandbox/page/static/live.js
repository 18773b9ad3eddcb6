// The WebSocket that keeps the page up to date; it comes back after a loss with the whole state.

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 5000;

export function connect({ onEvent, onLoss }) {
  let pause = FIRST_PAUSE;
  const open = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/live`);
    socket.addEventListener("message", ({ data }) => {
      pause = FIRST_PAUSE;
      onEvent(JSON.parse(data));
    });
    socket.addEventListener("close", () => {
      onLoss();
      setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  };
  open();
}
