// A moment in the reader's own language and time zone. Pure.

/** iso: with offset. Returns such as "20 Nov, 15:05"; the text stays as it was where the moment cannot be read. */
export function localMoment(iso, { locale, timeZone } = {}) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return null;
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  return format.format(moment);
}
