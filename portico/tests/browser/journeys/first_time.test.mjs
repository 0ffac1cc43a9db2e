// Ivan's whole first time, from the mail on. One demo for all of it: he is invited once.

import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { LETTER, look } from "../lib/look.mjs";
import { button, fact } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const IVAN = "ivan@riverside.example";
const WELCOME = "Welcome";
const STEPS = ["What is your name?", "Set up security questions", "Set Up Password", "Verify Your Email Address", "Terms"];

const isAt = (page, heading) => page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();

journey("ivan goes from the mail to the portal, each step in another browser", async ({ demo, browser, mail }) => {
  const invitation = await mail.arrival(IVAN, "Tracer Access");
  const letter = await (await browser()).newPage();
  await letter.goto(`${demo.url}/demo/mail/${invitation.id}/html`);
  await look(letter, "mail-invitation", LETTER);
  const temporary = fact(invitation, "Temporary password");
  const link = button(invitation, "Begin");
  for (const method of ["GET", "HEAD"]) assert.ok((await fetch(link, { method })).status < 400, "scanners change nothing");

  let page = await (await browser()).newPage();
  await page.goto(link);
  await isAt(page, WELCOME);
  assert.doesNotMatch(page.url(), /[A-Za-z0-9_-]{43}/, "the secret does not stay in the address");
  await look(page, "first-welcome");
  await people.press(page, "Sign In");
  await page.getByRole("alert").waitFor();
  await look(page, "first-welcome-missing");
  await people.tryPassword(page, temporary);

  await isAt(page, STEPS[0]);
  await look(page, "first-name");
  // Whoever knows the addresses of the steps to come gains nothing by it.
  const forms = {
    "new-password": { password: people.NEW_PASSWORD, again: people.NEW_PASSWORD },
    "verify-email/send": {},
    "verify-email": { code: "12345678" },
    terms: { version: "2026-11" },
  };
  for (const [step, form] of Object.entries(forms)) {
    await page.request.post(page.url().replace(/name$/, step), { form });
    await page.reload();
    await isAt(page, STEPS[0]);
  }
  await people.field(page, "First name").fill("Ivan");
  await people.press(page, "Continue");
  await page.getByRole("alert").getByText("Please type your last name.").waitFor();
  assert.equal(await people.field(page, "First name").inputValue(), "Ivan", "what was typed is kept");
  await look(page, "first-name-missing");
  await people.field(page, "Last name").fill("Petrov");
  await people.press(page, "Continue");

  // Gone, and back elsewhere: the temporary password goes on where he stopped.
  page = await (await browser()).newPage();
  await people.signIn(page, demo, IVAN, temporary);
  await isAt(page, STEPS[1]);
  await look(page, "first-questions");
  await people.press(page, "Submit");
  await page.getByRole("alert").waitFor();
  await look(page, "first-questions-missing");
  // Which three are offered is drawn anew for each demo: one that is none of them.
  const offered = await page.getByRole("combobox").evaluateAll((boxes) => boxes.map((box) => box.selectedIndex));
  await people.field(page, "Question 2").selectOption({ index: [4, 5, 6, 7].find((index) => !offered.includes(index)) });
  for (const [number, answer] of ["Zwiebelchen", "Hasenpfeffer", "Castrop-Rauxel"].entries()) {
    await people.field(page, `Answer ${number + 1}`).fill(answer);
  }
  await people.press(page, "Submit");

  page = await (await browser()).newPage();
  await people.signIn(page, demo, IVAN, temporary);
  await isAt(page, STEPS[2]);
  await people.field(page, "New Password").fill(temporary);
  await people.field(page, "Verify Password").fill(temporary);
  await people.press(page, "Submit");
  await page.getByRole("alert").getByText("That is the temporary password").waitFor();
  await look(page, "first-password-temporary");
  await people.field(page, "New Password").fill(people.NEW_PASSWORD);
  await people.field(page, "Verify Password").fill(people.NEW_PASSWORD);
  await people.press(page, "Submit");
  await isAt(page, STEPS[3]);

  // From now on it is his own password.
  page = await (await browser()).newPage();
  await people.signIn(page, demo, IVAN, temporary);
  await page.getByText("Invalid email and/or password.").waitFor();
  await people.tryPassword(page, people.NEW_PASSWORD);
  await isAt(page, STEPS[3]);
  await look(page, "first-verify");
  await people.press(page, "Send Verification Code");
  await people.field(page, "Verification code").waitFor();
  await look(page, "first-verify-sent");
  const coded = await mail.arrival(IVAN, "verification code");
  const code = fact(coded, "Verification code");
  assert.match(code, /^\d{8}$/);
  await people.field(page, "Verification code").fill(code === "12345678" ? "12345679" : "12345678");
  await people.press(page, "Verify");
  await page.getByRole("alert").waitFor();
  await look(page, "first-verify-wrong");
  await letter.goto(`${demo.url}/demo/mail/${coded.id}/html`);
  await look(letter, "mail-code", LETTER);
  await people.field(page, "Verification code").fill(code);
  await people.press(page, "Verify");

  await isAt(page, STEPS[4]);
  await look(page, "first-terms");
  await page.reload();
  await isAt(page, STEPS[4]);
  await people.press(page, "Accept");
  await people.isSignedIn(page);
  await page.getByText("Tracer").first().waitFor();
  await page.getByText("Ivan Petrov", { exact: true }).waitFor();

  // The link of an invitation that was followed leads to the sign-in.
  page = await (await browser()).newPage();
  await page.goto(link);
  await isAt(page, "Sign in");
  assert.equal(await people.field(page, "Email or username").inputValue(), IVAN);
});

journey("a link that is none, and one without scripts", async ({ demo, browser }) => {
  const page = await (await browser({ javaScriptEnabled: false })).newPage();
  await page.goto(`${demo.url}/invitation/nothing`);
  await isAt(page, "This link does not work");
  const scripted = await (await browser()).newPage();
  await scripted.goto(`${demo.url}/invitation`);
  await look(scripted, "first-link-unknown");
});

journey("harbor-night puts questions off, and is asked again", async ({ demo, browser }) => {
  for (let time = 0; time < 2; time += 1) {
    const page = await (await browser()).newPage();
    await people.signIn(page, demo, "harbor-night");
    await isAt(page, STEPS[1]);
    await people.press(page, "Cancel");
    await people.isSignedIn(page);
  }
});
