import assert from "node:assert/strict";

import { readPicture } from "../lib/camera.mjs";
import { clockOf } from "../lib/clock.mjs";
import { house } from "../lib/house.mjs";
import { reach, tabTo } from "../lib/keyboard.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const MAX = "max@northwind.example";

const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();

journey("max sets an app up by its picture, keeps his codes, and comes back with the app and with a code", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, MAX);
  await heading(page, "Set up a second step");
  await look(page, "set-up");
  const address = new URL(await readPicture(page));
  assert.equal(address.protocol, "otpauth:");
  assert.match(decodeURIComponent(address.pathname), /:max@northwind\.example$/);
  const secret = address.searchParams.get("secret");
  assert.equal((await page.locator("#key").textContent()).replaceAll(" ", ""), secret);
  await people.enterCode(page, "000000");
  await page.getByRole("alert").waitFor();
  await look(page, "set-up-wrong");
  // From here on with the keyboard alone.
  await tabTo(page, "Enter code");
  await page.keyboard.type(people.totp(secret));
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await heading(page, "Keep your recovery codes");
  await look(page, "recovery-codes");
  const codes = (await page.locator("#codes").textContent()).trim().split("\n");
  assert.equal(codes.length, 10);
  await reach(page, "I have kept them");
  await people.isSignedIn(page);

  // The code that was just typed is used up; the next one is not.
  await clockOf(demo).pass(60);
  const next = await (await browser()).newPage();
  await people.signIn(next, demo, MAX);
  await heading(next, "One more step");
  await people.enterCode(next, people.totp(secret, Date.now() + 60_000));
  await people.isSignedIn(next);

  const last = await (await browser()).newPage();
  await people.signIn(last, demo, MAX);
  await people.press(last, "Another way");
  await heading(last, "Another way");
  await look(last, "another-way");
  await people.press(last, "Use a recovery code");
  await heading(last, "Use a recovery code");
  await look(last, "recovery-code");
  await people.enterCode(last, codes[0].toUpperCase(), "Recovery code");
  await people.isSignedIn(last);
});
