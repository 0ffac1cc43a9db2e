import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { house } from "../lib/house.mjs";
import { lookAtLetter } from "../lib/look.mjs";

const { journey } = house();
const LETTERS = join(dirname(fileURLToPath(import.meta.url)), "../../letters");

// The HTML form of every snapshot there is.
const letters = () => {
  const snapshots = readdirSync(LETTERS, { recursive: true }).filter((name) => name.endsWith(".snap"));
  return snapshots.sort().map((name) => ({
    name: name.replace(/[^a-z_.-]+/gi, "-").replace(".snap", ""),
    html: readFileSync(join(LETTERS, name), "utf8").split("\n=== html\n")[1],
  }));
};

for (const colorScheme of ["light", "dark"]) {
  journey(`every mail can be read on a phone, ${colorScheme}`, async ({ browser }) => {
    const page = await (await browser({ colorScheme, viewport: { width: 390, height: 844 } })).newPage();
    assert.ok(letters().length >= 30);
    for (const { name, html } of letters()) {
      await page.setContent(html);
      await lookAtLetter(page, `${name}-${colorScheme}`);
    }
  });
}

journey("a mail in dark mode is dark, and its button can be told from it", async ({ browser }) => {
  const page = await (await browser({ colorScheme: "dark" })).newPage();
  await page.setContent(letters().find(({ name }) => name.startsWith("notices.locked-passwords")).html);
  const color = (selector, property) =>
    page.evaluate(([one, what]) => getComputedStyle(document.querySelector(one))[what], [selector, property]);
  assert.equal(await color("body", "backgroundColor"), "rgb(14, 20, 23)");
  assert.equal(await color(".sheet", "backgroundColor"), "rgb(23, 32, 37)");
  assert.notEqual(await color("a", "backgroundColor"), "rgb(23, 32, 37)");
});
