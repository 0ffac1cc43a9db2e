import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { focused, reach } from "../lib/keyboard.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();

journey("omar signs in, opens a product and signs out with the keyboard alone", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  assert.equal((await focused(page)).name, "Email or username");
  await page.keyboard.type(people.OMAR);
  await reach(page, "Next");

  await people.field(page, "Password").waitFor();
  assert.equal((await focused(page)).name, "Password");
  await page.keyboard.type(people.PASSWORD);
  await page.keyboard.press("Enter");

  await people.isSignedIn(page);
  await reach(page, "Bed Board");
  await page.getByRole("heading", { name: "Bed Board" }).waitFor();

  await page.goto(`${demo.url}/`);
  await reach(page, "Sign out");
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
  await reach(page, "Skip to the main content");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
});
