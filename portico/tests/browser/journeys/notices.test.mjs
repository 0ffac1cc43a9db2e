import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { look } from "../lib/look.mjs";
import { button, fact } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";
import { openRoad } from "../lib/road.mjs";

const { journey } = house({ moveIn: openRoad });
const NEW_NETWORK = "A sign-in to your account from a new network";
const AFTER_FAILURES = "A sign-in to your account after failed attempts";
const NEW_BROWSER = "A new browser signed in";
const BUTTON = "It wasn’t me";

journey("it was not me: from the mail to a new password, with everybody signed out", async ({ demo, browser, mail }) => {
  const owner = await people.signedIn(browser, demo, people.DANA);
  assert.deepEqual(await mail.to(people.DANA, NEW_BROWSER), [], "the first browser is no news");
  const thief = await people.signedIn(browser, demo, people.DANA);
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

journey("a known browser from another network is told, and it was not me signs it out", async ({ demo, beside, browser, mail }) => {
  const phone = await (await browser(beside.options)).newPage();
  await people.signIn(phone, demo, people.NORA);
  await people.isSignedIn(phone);
  await people.signOut(phone);
  beside.leadFrom("127.0.9.7");
  await people.signIn(phone, demo, people.NORA);
  await people.isSignedIn(phone);
  const told = await mail.arrival(people.NORA, NEW_NETWORK);
  assert.equal(fact(told, "From"), "127.0.9.7");

  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/demo/mail/${told.id}/html`);
  await page.getByText("from a network that you have not used before").waitFor();
  await people.press(page, BUTTON);
  await page.getByRole("heading", { name: "Was it not you?" }).waitFor();
  await people.press(page, BUTTON);
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await phone.goto(`${demo.url}/`);
  await people.field(phone, "Email or username").waitFor();
  beside.leadFrom("127.0.0.1");
});

journey("whoever gets in after three wrong passwords is told of", async ({ demo, browser, mail }) => {
  const own = await people.signedIn(browser, demo, people.LUCIA);
  await people.signOut(own);
  const stranger = await (await browser()).newPage();
  for (let tries = 0; tries < 3; tries += 1) await people.signIn(stranger, demo, people.LUCIA, "wrong");
  await people.signIn(own, demo, people.LUCIA);
  await people.isSignedIn(own);
  const told = await mail.arrival(people.LUCIA, AFTER_FAILURES);
  assert.match(told.text, /3 attempts had failed/);
  assert.ok(button(told, BUTTON).startsWith(`${demo.url}/recover/not-me/`));
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
  // Reports are looked for every ten seconds, and the page asks every five by then: that the mail was taken first may go unseen.
  await back.getByText("sent it back").waitFor({ timeout: 25_000 });
  await look(back, "check-mail-returned");
  await later.getByText("Our mail server has taken it").waitFor({ timeout: 40_000 });
});
