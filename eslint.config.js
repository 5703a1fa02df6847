// Rules for the page's own JavaScript. What is vendored keeps its own.

import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["static/vendor/**", "staticfiles/**", "node_modules/**", ".venv*/**", "var/**"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module" },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "max-lines": ["warn", 300],
      "max-lines-per-function": ["error", 60],
    },
  },
  { files: ["static/js/**"], languageOptions: { globals: globals.browser } },
  { files: ["static/js/**/*.worker.js"], languageOptions: { globals: globals.worker } },
  { files: ["tests/platform/**/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["tests/js/**", "tests/firefox/**", "*.config.js"],
    languageOptions: { globals: globals.node },
    rules: { "max-lines-per-function": "off" },
  },
];
