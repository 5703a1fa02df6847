// A slider's number is said with its word, and alone where there is none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { numberSaid } from "../../../static/js/check_in/number.js";

const WORDS = ["not tense at all", "a little tense"];

test("the number comes with its word, for the eye and for a screen reader", () => {
  assert.deepEqual(numberSaid("1", WORDS), { shown: "1 · a little tense", spoken: "1, a little tense" });
  assert.deepEqual(numberSaid("0", WORDS), { shown: "0 · not tense at all", spoken: "0, not tense at all" });
});

test("a number without a word stands alone", () => {
  assert.deepEqual(numberSaid("7", WORDS), { shown: "7", spoken: "7" });
});
