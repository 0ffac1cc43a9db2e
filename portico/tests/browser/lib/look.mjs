// Looks at a page as people with different eyes, screens and settings do.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [1280, 390, 320];
const SCHEMES = ["light", "dark"];
const HEIGHT = 844;

// Through the debugger, because the page's own policy (no script but ours) is in force and shall stay so.
const addAxe = async (page) => {
  const debug = await page.context().newCDPSession(page);
  const { exceptionDetails } = await debug.send("Runtime.evaluate", { expression: AXE });
  assert.equal(exceptionDetails, undefined);
  await debug.detach();
};

const violations = async (page) => {
  const found = await page.evaluate((tags) => globalThis.axe.run({ runOnly: { type: "tag", values: tags } }), RULES);
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ target }) => `    ${target}`).join("\n")}`);
};

// Set PORTICO_TEST_PICTURES to a folder to get a picture of each page in each look.
const picture = async (page, name) => {
  const folder = process.env.PORTICO_TEST_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

export const look = async (page, name) => {
  await addAxe(page);
  const problems = [];
  const before = page.viewportSize();
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT });
      const where = `${name}-${width}-${colorScheme}`;
      for (const problem of await violations(page)) problems.push(`${where}: ${problem}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) problems.push(`${where}: ${wide} px wider than the window, so that people scroll sideways`);
      await picture(page, where);
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
  assert.deepEqual(problems, [], `${page.url()} cannot be read by everybody`);
};
