// An offer is made on a clear yes only, and what became of it is told once.
import assert from "node:assert/strict";
import test from "node:test";

import { Offers } from "../../../static/js/wellbeing/offers.js";

function offers(answer) {
  const asked = [];
  const fetch = async (address, { headers, body, ...options }) => {
    asked.push({ address, token: headers["X-CSRFToken"], fields: Object.fromEntries(body), ...options });
    return answer();
  };
  return { asked, offers: new Offers({ fetch, token: "t", addresses: { ask: "/ask", reply: "/reply" } }) };
}

const says = (body, ok = true) => () => ({ ok, json: async () => body });

test("the moment is told, with the page's token", async () => {
  const { asked, offers: asking } = offers(says({ offer: true }));
  assert.equal(await asking.mayOffer("pause"), true);
  assert.deepEqual(asked, [{ address: "/ask", token: "t", fields: { moment: "pause" }, method: "POST" }]);
});

for (const [name, answer] of [
  ["a no", says({ offer: false })],
  ["a refusal", says({ offer: true }, false)],
  ["something else", says({ offer: "true" })],
  ["no network", () => Promise.reject(new TypeError("gone"))],
]) {
  test(`${name} is no offer`, async () => assert.equal(await offers(answer).offers.mayOffer("end"), false));
}

test("a reply outlives the page, and no network is no error", async () => {
  const { asked, offers: asking } = offers(says({}));
  await asking.reply("off");
  assert.deepEqual(asked[0], { address: "/reply", token: "t", fields: { reply: "off" }, method: "POST", keepalive: true });
  await offers(() => Promise.reject(new TypeError("gone"))).offers.reply("dismissed");
});
