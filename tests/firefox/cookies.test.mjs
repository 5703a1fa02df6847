// Getting in with Firefox: with its own jar for each site around, and with every cookie of a site inside another rejected.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Cookies, Visit, until, withFirefox } from "./firefox.mjs";
import { startStack } from "./stack.mjs";

const MEASURED_MS = 60_000;

let stack;
const course = (person, query = "") => `${stack.platform}/course/${person}/${query}`;
const ofTool = async (browser) =>
  (await browser.cookies()).filter(({ domain }) => domain === new URL(stack.tool).hostname);

before(async () => (stack = await startStack()));
after(() => stack?.stop());

for (const [how, cookies, carried] of [
  ["with cookies as Firefox is delivered", Cookies.AS_DELIVERED, false],
  ["with all cross-site cookies rejected", Cookies.REJECTED, true],
]) {
  test(`${how}, a student gets in and moves about`, () =>
    withFirefox(cookies, async (browser) => {
      const student = await Visit.begin(browser, course("student-02"));
      await student.sees("Your camera");
      assert.equal(student.isCarried, carried);
      await student.press("My record");
      await student.sees("My record");
      await student.press("Calm corner");
      await student.sees("Calm corner");
      await student.back();
      await student.sees("My record");
      assert.equal((await ofTool(browser)).length > 0, !carried);
    }));

  test(`${how}, a student says yes, is looked at, and takes everything back`, () =>
    withFirefox(cookies, async (browser) => {
      const student = await Visit.begin(browser, course("student"));
      // The second time: who took everything back is not asked again without wishing it.
      if (carried) await student.press("Look at the choices again");
      await student.sees("Would you like Attune to notice tension?");
      await student.tickAll();
      await student.press("Yes, with these choices");
      await student.sees("Your camera");
      await student.press("Start the camera");
      await student.reads("badge", (text) => text === "On");
      await student.reads("when", (text) => text.startsWith("At "), MEASURED_MS);
      await student.press("Stop");
      await student.press("My record");
      await student.sees("My record");
      await student.press("Stop and delete everything");
      await student.sees("Stop and delete everything");
      await student.press("Stop and delete everything");
      await student.sees("Everything was deleted");
    }));
}

test("where the platform keeps nothing either, a new tab opens", () =>
  withFirefox(Cookies.REJECTED, async (browser) => {
    const student = await Visit.begin(browser, course("student-02", "?storage=no"));
    await student.sees("Open Attune in a new tab");
    const before = await browser.pages();
    await student.press("Open in a new tab");
    const opened = await until("a tab opens", async () => (await browser.pages()).find((page) => !before.includes(page)));
    const tab = new Visit(opened);
    await tab.sees("Your camera");
    await tab.press("My record");
    await tab.sees("My record");
  }));
