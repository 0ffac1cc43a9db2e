// The hospital's own sign-in page is out: two License Owners suspend it, a nurse resets through both mailboxes, and when it is back
// the password is worth nothing.

import assert from "node:assert/strict";

import { clockOf } from "../lib/clock.mjs";
import { house } from "../lib/house.mjs";
import { LEE, VERA, enter, isThere } from "../lib/lakeshore.mjs";
import { look, lookAtLetter } from "../lib/look.mjs";
import { button } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();

const TOMAS = "tomas@lakeshore.example";
const LEES = "lee.nakamura@bluebird.example";
const NEW_SECOND = "vera@bluebird.example";
const REASON = "Their page is out since four, ticket 4711";

const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();

// Types an email here, and everything else at the hospital.
const signInThere = async (page, demo, who) => {
  await page.goto(`${demo.url}/`);
  await goThere(page, demo, who);
};

const goThere = async (page, demo, who) => {
  await people.field(page, "Email or username").fill(who);
  await people.press(page, "Next");
  await people.control(page, "Sign in at Lakeshore").waitFor();
  isThere(page, demo);
  await enter(page);
};

const owner = async (browser, demo, who) => {
  const page = await (await browser()).newPage();
  await signInThere(page, demo, who);
  await people.isSignedIn(page);
  return page;
};

const suspend = async (vera, tomas, demo) => {
  await vera.goto(`${demo.url}/account/sso`);
  await people.field(vera, "Reason").fill(REASON);
  await people.press(vera, "Ask to Suspend");
  await vera.getByText("It waits for a second person").waitFor();
  await tomas.goto(`${demo.url}/account/sso`);
  await people.press(tomas, "Approve and Suspend");
  await tomas.getByText("Suspended since").waitFor();
};

const resume = async (page, demo) => {
  await page.goto(`${demo.url}/account/sso`);
  await people.press(page, "Resume Single Sign-On");
  await page.getByText("sign in on the organization’s own page").waitFor();
};

// Asks for a reset, and takes both buttons out of the mails.
const bothButtons = async (page, demo, mail) => {
  const before = (await mail.to(LEE, "mail 1 of 2")).length;
  await people.askForReset(page, demo, LEE);
  const first = await mail.arrival(LEE, "mail 1 of 2", before + 1);
  const second = await mail.arrival(LEES, "mail 2 of 2", before + 1);
  return [first, second].map((one) => button(one, "Reset Password"));
};

journey("two License Owners suspend, a nurse resets through both mailboxes, and it resumes", async ({ demo, browser, mail }) => {
  const [vera, tomas] = [await owner(browser, demo, VERA), await owner(browser, demo, TOMAS)];
  await vera.goto(`${demo.url}/account`);
  await people.press(vera, "Single sign-on");
  await heading(vera, "Single sign-on");
  await look(vera, "continuity-on");
  await people.press(vera, "Ask to Suspend");
  await vera.getByRole("alert").waitFor();
  await look(vera, "continuity-no-reason");
  await people.field(vera, "Reason").fill(REASON);
  await people.press(vera, "Ask to Suspend");
  await vera.getByText("It waits for a second person").waitFor();
  await look(vera, "continuity-waits");
  const asked = await mail.arrival(TOMAS, "Suspend single sign-on");
  await tomas.goto(button(asked, "Look at It"));
  await tomas.getByText(REASON).waitFor();
  await look(tomas, "continuity-to-approve");
  await people.press(tomas, "Approve and Suspend");
  await tomas.getByText("Suspended since").waitFor();
  await look(tomas, "continuity-suspended");
  const letter = await tomas.context().newPage();
  await letter.setViewportSize({ width: 390, height: 844 });
  await letter.setContent((await mail.arrival(TOMAS, "is suspended")).html);
  await lookAtLetter(letter, "continuity-suspended");

  const lee = await (await browser()).newPage();
  await lee.goto(`${demo.url}/`);
  await people.identify(lee, LEE);
  await lee.getByText("sign-in page is out of order").waitFor();
  await look(lee, "continuity-password");
  const [first, second] = await bothButtons(lee, demo, mail);
  await look(lee, "continuity-check-mail");
  await lee.goto(first);
  await heading(lee, "Is this your mailbox?");
  await look(lee, "continuity-mailbox");
  await people.press(lee, "Yes, Go On");
  await heading(lee, "Now your other mailbox");
  await look(lee, "continuity-other-mailbox");
  await lee.goto(second);
  await people.press(lee, "Yes, Go On");
  await people.setPassword(lee);
  await people.signIn(lee, demo, LEE, people.NEW_PASSWORD);
  await people.isSignedIn(lee);

  // Somebody with that password, who is about to type it when the page is back.
  const late = await (await browser()).newPage();
  await late.goto(`${demo.url}/`);
  await people.identify(late, LEE);

  await vera.goto(`${demo.url}/account/sso`);
  await vera.getByText("Have set a password meanwhile").waitFor();
  await resume(vera, demo);
  await lee.goto(`${demo.url}/`);
  await people.field(lee, "Email or username").waitFor();
  await people.tryPassword(late, people.NEW_PASSWORD);
  await late.getByRole("alert").waitFor();
  await signInThere(lee, demo, LEE);
  await people.isSignedIn(lee);
});

journey("a mail read on a telephone, and the number typed at the workstation", async ({ demo, browser, mail }) => {
  const [vera, tomas] = [await owner(browser, demo, VERA), await owner(browser, demo, TOMAS)];
  await suspend(vera, tomas, demo);
  const workstation = await (await browser()).newPage();
  const phone = await (await browser({ viewport: { width: 390, height: 844 } })).newPage();
  const [first, second] = await bothButtons(workstation, demo, mail);
  for (const [page, link] of [[workstation, first], [phone, second]]) {
    await page.goto(link);
    await people.press(page, "Yes, Go On");
    await heading(page, "Now your other mailbox");
  }
  const number = await phone.locator(".code.address").innerText();
  assert.match(number, /^\d{4} \d{4}$/);
  await people.field(workstation, "Number on the other device").fill("0000 0000");
  await people.press(workstation, "Go On");
  await workstation.getByRole("alert").waitFor();
  await look(workstation, "continuity-wrong-number");
  // With the keyboard alone.
  await people.field(workstation, "Number on the other device").focus();
  await workstation.keyboard.type(number);
  await workstation.keyboard.press("Enter");
  await people.field(workstation, "New Password").waitFor();
  await phone.reload();
  await heading(phone, "Now your other mailbox");
  await people.setPassword(workstation);
  await resume(tomas, demo);
});

journey("a second mailbox is named after a fresh proof at the hospital, and confirmed", async ({ demo, browser, mail }) => {
  const page = await owner(browser, demo, VERA);
  await clockOf(demo).pass(5 * 60);
  await page.goto(`${demo.url}/account/secondary-email`);
  await page.getByText("Please show once more that it is you").waitFor();
  assert.equal(await people.field(page, "Email or username").inputValue(), VERA);
  await look(page, "again");
  await people.press(page, "Next");
  await people.control(page, "Sign in at Lakeshore").waitFor();
  isThere(page, demo);
  await enter(page);
  await heading(page, "Second Mailbox");
  await look(page, "second-mailbox");
  await people.field(page, "Email").fill("vera@lakeshore.example");
  await people.press(page, "Send the Mail");
  await page.getByRole("alert").waitFor();
  await look(page, "second-mailbox-refused");
  await people.field(page, "Email").fill(NEW_SECOND);
  await people.press(page, "Send the Mail");
  await page.getByText("We have sent a mail to").waitFor();
  await look(page, "second-mailbox-waits");
  // The one that counts hears of it before it is too late.
  await mail.arrival("vera.holm@bluebird.example", "about to change");
  const elsewhere = await (await browser()).newPage();
  await elsewhere.goto(button(await mail.arrival(NEW_SECOND), "This Is My Mailbox"));
  await heading(elsewhere, "Is this your mailbox?");
  await look(elsewhere, "second-mailbox-confirm");
  await people.press(elsewhere, "This Is My Mailbox");
  await heading(elsewhere, "Your second mailbox is confirmed");
  await look(elsewhere, "second-mailbox-confirmed");
});
