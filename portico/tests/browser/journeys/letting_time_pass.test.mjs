// What ends with time, as a visitor of the demo sees it end. This demo's clock is moved, so nobody else goes on in it.

import assert from "node:assert/strict";

import { clockOf } from "../lib/clock.mjs";
import { house } from "../lib/house.mjs";
import { look } from "../lib/look.mjs";
import { button, fact } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const IVAN = "ivan@riverside.example";
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const WRONG = "Invalid email and/or password.";

const isAt = (page, heading) => page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();

// Types all of it, so that only the press is left for the moment that counts.
const about = async (page, demo, password) => {
  await page.goto(`${demo.url}/`);
  await people.identify(page, IVAN);
  await people.field(page, "Password").fill(password);
};

const signInNow = (page) => Promise.all([page.waitForEvent("load"), people.press(page, "Sign In")]);

journey("ivan's mail works at 14:59 and not at 15:01, and a fresh one leads him to the portal", async ({ demo, browser, mail }) => {
  const clock = clockOf(demo);
  // Each step in a browser that has never been here; the one before is closed.
  let page;
  const elsewhere = async () => {
    await page?.context().close();
    page = await (await browser()).newPage();
  };

  const invitation = await mail.arrival(IVAN, "Tracer Access");
  const late = fact(invitation, "Temporary password");
  // The second in which it was handed over, from its beginning; the clock is put to whole seconds, too. Hence the two more
  // below.
  const handedOver = Date.parse(invitation.at);

  await elsewhere();
  await about(page, demo, late);
  await clock.reach(handedOver + 14 * MINUTE + 59 * SECOND);
  await signInNow(page);
  await isAt(page, "What is your name?");
  await people.field(page, "First name").fill("Ivan");
  await people.field(page, "Last name").fill("Petrov");
  await people.press(page, "Continue");
  await isAt(page, "Set up security questions");

  await elsewhere();
  await about(page, demo, late);
  await clock.reach(handedOver + 15 * MINUTE + 3 * SECOND);
  await signInNow(page);
  await page.getByText(WRONG).waitFor();
  // The mail's own link says so, and offers the same way on.
  await page.goto(button(invitation, "Begin"));
  await isAt(page, "This mail’s time is over");
  await look(page, "first-time-over");

  await elsewhere();
  await page.goto(`${demo.url}/`);
  await people.identify(page, IVAN);
  await people.press(page, "Forgot Password?");
  await people.byMail(page);
  await isAt(page, "Check your mail");
  await page.getByText("Our mail server has taken it").waitFor();
  const renewed = await mail.arrival(IVAN, "Continue your registration");
  const fresh = fact(renewed, "Temporary password");
  assert.notEqual(fresh, late);

  await elsewhere();
  await about(page, demo, late);
  await signInNow(page);
  await page.getByText(WRONG).waitFor();

  await elsewhere();
  await page.goto(button(renewed, "Continue"));
  await isAt(page, "Welcome");
  await people.tryPassword(page, fresh);
  // His name was given in time, and is kept.
  await isAt(page, "Set up security questions");
  for (const [number, answer] of ["Zwiebelchen", "Hasenpfeffer", "Castrop-Rauxel"].entries()) {
    await people.field(page, `Answer ${number + 1}`).fill(answer);
  }
  await people.press(page, "Submit");
  await isAt(page, "Set Up Password");

  await elsewhere();
  await people.signIn(page, demo, IVAN, fresh);
  await isAt(page, "Set Up Password");
  await people.field(page, "New Password").fill(people.NEW_PASSWORD);
  await people.field(page, "Verify Password").fill(people.NEW_PASSWORD);
  await people.press(page, "Submit");
  await isAt(page, "Verify Your Email Address");

  await elsewhere();
  await people.signIn(page, demo, IVAN, people.NEW_PASSWORD);
  await isAt(page, "Verify Your Email Address");
  await people.press(page, "Send Verification Code");
  const code = fact(await mail.arrival(IVAN, "verification code"), "Verification code");
  await people.field(page, "Verification code").fill(code);
  await people.press(page, "Verify");
  await isAt(page, "Terms");

  await elsewhere();
  await people.signIn(page, demo, IVAN, people.NEW_PASSWORD);
  await isAt(page, "Terms");
  await people.press(page, "Accept");
  await people.isSignedIn(page);
  await page.getByText("Ivan Petrov", { exact: true }).waitFor();
});

journey("time is let pass at /demo: a lock ends, and a mailed link runs out", async ({ demo, browser, mail }) => {
  const visitor = await (await browser()).newPage();
  await visitor.goto(`${demo.url}/demo`);
  const saidAt = async () => Date.parse(await visitor.locator("#clock time").getAttribute("datetime"));
  const letPass = async (name, milliseconds) => {
    const before = await saidAt();
    await Promise.all([visitor.waitForEvent("load"), people.press(visitor, name)]);
    assert.ok((await saidAt()) - before >= milliseconds, name);
  };
  await letPass("1 minute", MINUTE);
  await letPass("15 minutes", 15 * MINUTE);

  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  await people.identify(page, people.OMAR);
  for (let time = 0; time < 3; time += 1) await people.tryPassword(page, "wrong");
  await page.getByText("Your account has been temporarily locked").waitFor();
  await letPass("1 hour", 60 * MINUTE);
  await people.tryPassword(page, people.PASSWORD);
  await people.isSignedIn(page);

  const other = await (await browser()).newPage();
  await people.askForReset(other, demo, people.DANA);
  const link = button(await mail.arrival(people.DANA, "Reset"), "Reset Password");
  await other.goto(link);
  await people.field(other, "New Password").waitFor();
  await letPass("1 day", 24 * 60 * MINUTE);
  await look(visitor, "demo-a-day-later");
  await other.goto(link);
  await isAt(other, "This link has expired");
});
