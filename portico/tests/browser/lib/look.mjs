// Looks at a page as people with different eyes, screens and settings do.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [1280, 390, 320];
// Between these a page only reflows.
const AXE_WIDTHS = [1280, 320];
const SCHEMES = ["light", "dark"];
const HEIGHT = 844;

// Rules that ask what color something has.
const COLORS = ["color-contrast", "link-in-text-block"];

// Through the debugger, because the page's own policy (no script but ours) is in force and shall stay so.
const addAxe = async (page) => {
  // A letter that is written over another one finds it there.
  if (await page.evaluate(() => "axe" in globalThis)) return;
  const debug = await page.context().newCDPSession(page);
  const { exceptionDetails } = await debug.send("Runtime.evaluate", { expression: AXE });
  assert.equal(exceptionDetails, undefined);
  await debug.detach();
};

const aboutColors = ({ type, values }) => ({ type: "rule", values: type === "rule" ? values.filter((one) => COLORS.includes(one)) : COLORS });

// What breaks the rules, as the page is now. Where nothing but colors has changed since all of them were asked, only those about colors can
// answer otherwise, and only they are asked.
const violations = async (page, rules) => {
  const found = await page.evaluate(
    async ({ rules, colors }) => {
      const all = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
      const outline = (one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        const { display, visibility, opacity, overflow, position, fontSize, fontStyle, fontWeight } = getComputedStyle(one);
        return [x, y, width, height, display, visibility, opacity, overflow, position, fontSize, fontStyle, fontWeight].join(" ");
      };
      const shape = [document.documentElement.outerHTML, ...all(document).map(outline)].join("\n");
      const runOnly = shape === globalThis.shapeAsked ? colors : rules;
      globalThis.shapeAsked = shape;
      // Of what is in order axe need not say where it is.
      return (await globalThis.axe.run({ runOnly, resultTypes: ["violations"] })).violations;
    },
    { rules, colors: aboutColors(rules) },
  );
  return found.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ target }) => `    ${target}`).join("\n")}`);
};

// Set PORTICO_TEST_PICTURES to a folder to get a picture of each page in each look.
const picture = async (page, name) => {
  const folder = process.env.PORTICO_TEST_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// Text twice as large, as WCAG 1.4.4 has it: everything is still there without scrolling sideways.
const twiceAsLarge = (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    root.style.fontSize = "200%";
    const wide = root.scrollWidth - root.clientWidth;
    root.style.fontSize = "";
    return wide;
  });

const PAGE = { type: "tag", values: RULES };
// A mail is no page: it has no landmarks, and mail programs own its frame.
export const LETTER = { type: "rule", values: ["color-contrast", "link-name", "image-alt", "html-has-lang", "list", "definition-list"] };

// A mail on a phone: readable, and not wider than the phone.
export const lookAtLetter = async (page, name) => {
  await addAxe(page);
  const problems = await violations(page, LETTER);
  const wide = await sideways(page);
  if (wide > 0) problems.push(`${wide} px wider than the phone`);
  await picture(page, `letter-${name}`);
  assert.deepEqual(problems, [], name);
};

export const look = async (page, name, rules = PAGE) => {
  await addAxe(page);
  const problems = [];
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const where = `${name}-${width}-${colorScheme}`;
      const found = AXE_WIDTHS.includes(width) ? await violations(page, rules) : [];
      for (const problem of found) problems.push(`${where}: ${problem}`);
      const wide = await sideways(page);
      if (wide > 0) problems.push(`${where}: ${wide} px wider than the window, so that people scroll sideways`);
      await picture(page, where);
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
  const wide = await twiceAsLarge(page);
  if (wide > 0) problems.push(`${name}: ${wide} px wider than the window when text is twice as large`);
  assert.deepEqual(problems, [], `${page.url()} cannot be read by everybody`);
};
