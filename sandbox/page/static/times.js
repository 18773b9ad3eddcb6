// Clock times as people read them. The bot's clock may be ahead of the machine's.

let ahead = 0;

/** How far the demo's clock has been moved, in seconds. */
export function setAhead(seconds) {
  ahead = seconds;
}

export const now = () => new Date(Date.now() + ahead * 1000);

const format = (options) => {
  const formatter = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  return (moment) => formatter.format(new Date(moment));
};

// UTC throughout: it is the bot's time zone until someone changes it, so both agree.
export const time = format({ hour: "2-digit", minute: "2-digit" });
export const seconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const day = format({ day: "numeric", month: "long" });
export const full = format({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

export function duration(milliseconds) {
  const minutes = Math.ceil(milliseconds / 60000);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
