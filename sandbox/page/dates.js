// Dates in a person's zone: Slack's date tokens, day dividers, and wall time back to Unix time.

const DAY_SECONDS = 86_400;

function parts(unixSeconds, zone, options) {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options });
  return format.format(new Date(unixSeconds * 1000));
}

/** The calendar day `YYYY-MM-DD` of an instant in a zone. */
export function dayKey(unixSeconds, zone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" })
    .format(new Date(unixSeconds * 1000));
}

/** `14:05` in a zone. */
export function clockTime(unixSeconds, zone, seconds = false) {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hour: "2-digit", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}),
  }).format(new Date(unixSeconds * 1000));
}

function daysBetween(unixSeconds, nowSeconds, zone) {
  const at = (key) => Date.parse(`${key}T00:00:00Z`) / 1000 / DAY_SECONDS;
  return Math.round(at(dayKey(unixSeconds, zone)) - at(dayKey(nowSeconds, zone)));
}

/** `today`, `yesterday` or `tomorrow` when it is one of them, else null. */
function nearDay(unixSeconds, nowSeconds, zone) {
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[daysBetween(unixSeconds, nowSeconds, zone)] ?? null;
}

function ordinal(day) {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${{ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th"}`;
}

function longDate(unixSeconds, zone, { weekday, year }) {
  const month = parts(unixSeconds, zone, { month: "long" });
  const day = ordinal(Number(parts(unixSeconds, zone, { day: "numeric" })));
  const head = weekday ? `${parts(unixSeconds, zone, { weekday: "long" })}, ` : "";
  return `${head}${month} ${day}${year ? `, ${parts(unixSeconds, zone, { year: "numeric" })}` : ""}`;
}

function dayDivider(unixSeconds, zone, nowSeconds) {
  const sameYear = dayKey(unixSeconds, zone).slice(0, 4) === dayKey(nowSeconds, zone).slice(0, 4);
  return longDate(unixSeconds, zone, { weekday: true, year: !sameYear });
}

/** How long ago (or ahead) in plain words: `3 hours ago`, `in 2 days`. */
function ago(unixSeconds, nowSeconds) {
  const diff = Math.round(unixSeconds - nowSeconds);
  const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const steps = [["day", DAY_SECONDS], ["hour", 3600], ["minute", 60]];
  for (const [unit, size] of steps) {
    if (Math.abs(diff) >= size) return format.format(Math.trunc(diff / size), unit);
  }
  return format.format(diff, "second");
}

const TOKENS = {
  date_num: (at, zone) => dayKey(at, zone),
  date_slash: (at, zone) => parts(at, zone, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (at, zone) => longDate(at, zone, { weekday: false, year: true }),
  date_long: (at, zone) => longDate(at, zone, { weekday: true, year: true }),
  date_long_full: (at, zone) => longDate(at, zone, { weekday: true, year: true }),
  date_short: (at, zone) => parts(at, zone, { month: "short", day: "numeric", year: "numeric" }),
  time: (at, zone) => clockTime(at, zone),
  time_secs: (at, zone) => clockTime(at, zone, true),
  ago: (at, zone, now) => ago(at, now),
  day_divider_pretty: (at, zone, now) => nearDay(at, now, zone) ?? dayDivider(at, zone, now),
};

/** Slack's `{date_short_pretty} at {time}` for an instant, in a zone; unknown tokens stay as written. */
export function formatDate(template, unixSeconds, { zone, now }) {
  return template.replace(/\{(\w+)\}/g, (whole, token) => {
    if (TOKENS[token]) return TOKENS[token](unixSeconds, zone, now);
    const pretty = token.match(/^(date\w*?)_pretty$/);
    if (!pretty || !TOKENS[pretty[1]]) return whole;
    return nearDay(unixSeconds, now, zone) ?? TOKENS[pretty[1]](unixSeconds, zone);
  });
}

/** `Today`, `Yesterday` or `Thursday, November 26th`: the line between two days of messages. */
export function dayLabel(unixSeconds, nowSeconds, zone) {
  const label = TOKENS.day_divider_pretty(unixSeconds, zone, nowSeconds);
  return label[0].toUpperCase() + label.slice(1);
}

/** `Thu 26 Nov 2026, 14:05` in a zone. */
export function stamp(unixSeconds, zone) {
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, weekday: "short", day: "numeric", month: "short", year: "numeric",
  }).format(new Date(unixSeconds * 1000));
  return `${day.replace(",", "")}, ${clockTime(unixSeconds, zone)}`;
}

/** The short name of a zone at an instant: `CET`, `PST`, `GMT+8`. */
export function zoneName(unixSeconds, zone) {
  const names = ["en-GB", "en-US", "en-IN", "en-AU", "en-NZ"].map((locale) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short" });
    return format.formatToParts(new Date(unixSeconds * 1000)).find((part) => part.type === "timeZoneName")?.value ?? zone;
  });
  return names.find((name) => !/^(GMT|UTC)[+-]/.test(name)) ?? names[0];
}

/** `YYYY-MM-DDTHH:MM` of an instant in a zone, as `<input type=datetime-local>` wants it. */
export function toWall(unixSeconds, zone) {
  return `${dayKey(unixSeconds, zone)}T${clockTime(unixSeconds, zone)}`;
}

/** Unix seconds of a wall time `YYYY-MM-DDTHH:MM` in a zone (two looks settle the summer-time offset). */
export function fromWall(wall, zone) {
  const wanted = Date.parse(`${wall}:00Z`) / 1000;
  let guess = wanted;
  for (let look = 0; look < 2; look += 1) {
    guess += wanted - Date.parse(`${toWall(guess, zone)}:00Z`) / 1000;
  }
  return Math.round(guess);
}
