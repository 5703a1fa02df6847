// A moment in the reader's own time zone.
import assert from "node:assert/strict";
import test from "node:test";

import { localMoment } from "../../../static/js/dashboard/local_time.js";

test("it is written in the reader's time zone, the day first", () => {
  const options = { locale: "en-GB", timeZone: "Asia/Kolkata" };
  assert.equal(localMoment("2026-11-20T20:05:00+00:00", options), "21 Nov, 01:35");
});

test("midnight is 00 and not 24", () => {
  assert.equal(localMoment("2026-11-20T00:00:00Z", { locale: "en-GB", timeZone: "UTC" }), "20 Nov, 00:00");
});

test("what is no moment is left to the page's own words", () => {
  assert.equal(localMoment("soon"), null);
});
