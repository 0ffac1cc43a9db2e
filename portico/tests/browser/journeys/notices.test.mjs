import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { look } from "../lib/look.mjs";
import { button } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const NEW_BROWSER = "A new browser signed in";
const BUTTON = "It wasn’t me";

const signedIn = async (browser, demo, who) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, who);
  await people.isSignedIn(page);
  return page;
};

journey("it was not me: from the mail to a new password, with everybody signed out", async ({ demo, browser, mail }) => {
  const owner = await signedIn(browser, demo, people.DANA);
  assert.deepEqual(await mail.to(people.DANA, NEW_BROWSER), [], "the first browser is no news");
  const thief = await signedIn(browser, demo, people.DANA);
  const link = button(await mail.arrival(people.DANA, NEW_BROWSER), BUTTON);
  assert.ok(link.startsWith(`${demo.url}/recover/not-me/`), link);
  for (const method of ["GET", "HEAD"]) assert.ok((await fetch(link, { method })).status < 400);

  const page = await (await browser()).newPage();
  await page.goto(link);
  await page.getByRole("heading", { name: "Was it not you?" }).waitFor();
  assert.ok(!page.url().includes("not-me/"), "the secret does not stay in the address");
  await look(page, "not-me");
  await thief.goto(`${demo.url}/`);
  await people.isSignedIn(thief);

  await people.press(page, BUTTON);
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await page.getByText("Our mail server has taken it").waitFor();
  for (const gone of [thief, owner]) {
    await gone.goto(`${demo.url}/`);
    await people.field(gone, "Email or username").waitFor();
  }
  await people.signIn(thief, demo, people.DANA);
  await thief.getByText("Invalid email and/or password.").waitFor();

  await page.goto(link);
  await page.getByRole("heading", { name: "It has been done" }).waitFor();
  await look(page, "not-me-done");
  await page.goto(button(await mail.arrival(people.DANA, "Reset"), "Reset Password"));
  await people.setPassword(page);
  await people.signIn(page, demo, people.DANA, people.NEW_PASSWORD);
  await people.isSignedIn(page);
});

journey("a link that was cut off leads on by hand", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/recover/not-me/cut`);
  await page.getByRole("heading", { name: "This link does not work" }).waitFor();
  await look(page, "not-me-unknown");
  await people.press(page, "Reset Password");
  await page.getByRole("heading", { name: "Reset Password" }).waitFor();
});

journey("the line says what becomes of a mail: refused, put off and then taken, sent back", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, "refused@riverside.example");
  await page.getByText("Our mail server refused it (550).").waitFor();
  await look(page, "check-mail-refused");

  const later = await (await browser()).newPage();
  await people.askForReset(later, demo, "greylisted@riverside.example");
  await later.getByText("asked us to come back later (450)").waitFor();
  await look(later, "check-mail-later");

  const back = await (await browser()).newPage();
  await people.askForReset(back, demo, "returned@riverside.example");
  await back.getByText("Our mail server has taken it").waitFor();
  // Reports are looked for every ten seconds, and the page asks every five by then.
  await back.getByText("sent it back").waitFor({ timeout: 25_000 });
  await look(back, "check-mail-returned");
  await later.getByText("Our mail server has taken it").waitFor({ timeout: 40_000 });
});
