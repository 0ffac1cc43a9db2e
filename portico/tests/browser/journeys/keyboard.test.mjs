import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();

const focused = (page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    const name = activeElement.getAttribute("aria-label") ?? activeElement.labels?.[0]?.innerText ?? activeElement.innerText;
    // A card that is one big link draws its ring around the whole card.
    const drawn = [null, "::after"].map((part) => getComputedStyle(activeElement, part));
    const visible = drawn.some(({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none");
    return { name: (name ?? "").trim(), visible };
  });

// Goes on with Tab to the control of that name; whatever has focus on the way must show it.
const tabTo = async (page, name) => {
  const way = [];
  for (let stop = 0; stop < 40; stop += 1) {
    await page.keyboard.press("Tab");
    const found = await focused(page);
    assert.ok(found.visible || found.name === "", `focus on "${found.name}" cannot be seen`);
    if (found.name === name) return;
    way.push(found.name);
  }
  assert.fail(`Tab never comes to "${name}": ${way.join(" → ")}`);
};

journey("omar signs in, opens a product and signs out with the keyboard alone", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  assert.equal((await focused(page)).name, "Email or username");
  await page.keyboard.type(people.OMAR);
  await tabTo(page, "Next");
  await page.keyboard.press("Enter");

  await people.field(page, "Password").waitFor();
  assert.equal((await focused(page)).name, "Password");
  await page.keyboard.type(people.PASSWORD);
  await page.keyboard.press("Enter");

  await people.isSignedIn(page);
  await tabTo(page, "Bed Board");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Bed Board" }).waitFor();

  await page.goto(`${demo.url}/`);
  await tabTo(page, "Sign out");
  await page.keyboard.press("Enter");
  await people.control(page, "Sign out").waitFor({ state: "detached" });
});

journey("Tab goes through the sign-in page in the order in which it is read", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  const way = [];
  for (let stop = 0; stop < 4; stop += 1) {
    way.push((await focused(page)).name);
    await page.keyboard.press("Tab");
  }
  assert.deepEqual(way, ["Email or username", "Remember me", "Next", "Need help signing in?"]);
});

journey("the first Tab offers to skip to the main content", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/help`);
  await tabTo(page, "Skip to the main content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
});
