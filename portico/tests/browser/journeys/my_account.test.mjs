// Everything that people change about themselves, with the mail it brings, and every page of it in every look.

import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { focused, reach, tabTo } from "../lib/keyboard.mjs";
import { look } from "../lib/look.mjs";
import { button, fact } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const MIA = "mia@riverside.example";
const NEW = "omar.haddad@mail.example";
const OTHERS = ["heron quay", "violet steamer", "ferry of glass"];

const line = (page, name) => page.getByRole("link", { name, exact: true });
const heading = (page, name) => page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
const done = (page, words) => page.getByRole("status").filter({ hasText: words }).waitFor();

const isOut = async (page, demo) => {
  await page.goto(`${demo.url}/account`);
  await people.field(page, "Email or username").waitFor();
};

journey("omar changes his name and has a username, and reads what he is told", async ({ demo, browser, mail }) => {
  const page = await people.signedIn(browser, demo, people.OMAR);
  await people.press(page, "My account");
  await look(page, "account");

  await line(page, "Change Name").click();
  await heading(page, "Change your name");
  await look(page, "account-name");
  await people.field(page, "First name").fill("evil.example");
  await people.press(page, "Save");
  await page.getByRole("alert").waitFor();
  assert.equal(await people.field(page, "First name").inputValue(), "evil.example");
  await look(page, "account-name-odd");
  await people.field(page, "First name").fill("Omar Said");
  await people.press(page, "Save");
  await done(page, "Your name was changed.");
  await page.getByText("Omar Said Haddad").first().waitFor();

  await line(page, "Add Username").click();
  await look(page, "account-user-name");
  await people.field(page, "Username").fill("harbor-dispatch");
  await people.press(page, "Save");
  await page.getByText("Somebody has that username").first().waitFor();
  await look(page, "account-user-name-taken");
  await people.field(page, "Username").fill("omar-haddad");
  await people.press(page, "Save");
  await done(page, "Your username was saved.");
  await mail.arrival(people.OMAR, "Your account has a username");
  await line(page, "Change Username").click();
  await look(page, "account-user-name-set");
  await people.signedIn(browser, demo, "omar-haddad");
});

journey("mia changes her password and her questions, and is signed out everywhere else", async ({ demo, browser, mail }) => {
  const page = await people.signedIn(browser, demo, MIA);
  const elsewhere = await people.signedIn(browser, demo, MIA);
  await page.goto(`${demo.url}/account/password`);
  await look(page, "account-password");
  const change = async (current, wanted) => {
    await people.field(page, "Current password").fill(current);
    await people.field(page, "New Password").fill(wanted);
    await people.field(page, "Verify Password").fill(wanted);
    await Promise.all([page.waitForEvent("load"), people.press(page, "Save")]);
  };
  await change("not-it", people.NEW_PASSWORD);
  await page.getByText("That is not your current password.").first().waitFor();
  await look(page, "account-password-wrong");
  await change(people.PASSWORD, people.NEW_PASSWORD);
  await done(page, "Your password was changed.");
  await isOut(elsewhere, demo);
  await mail.arrival(MIA, "Your password was changed");

  await line(page, "Change Security questions").click();
  await heading(page, "Security questions");
  await look(page, "account-questions");
  for (const [number, answer] of OTHERS.entries()) await people.field(page, `Answer ${number + 1}`).fill(answer);
  await people.press(page, "Save");
  await done(page, "Your security questions were saved.");
  await mail.arrival(MIA, "Your security questions were changed");
});

journey("omar has another address once he has typed the code, and his old mailbox can still say no", async ({ demo, browser, mail }) => {
  const page = await people.signedIn(browser, demo, people.OMAR);
  const watching = await people.signedIn(browser, demo, people.OMAR);
  await people.press(page, "My account");
  await line(page, "Change Email").click();
  await look(page, "account-email");
  await people.field(page, "New email address").fill(NEW);
  await people.press(page, "Send Verification Code");
  await people.field(page, "Verification code").waitFor();
  await look(page, "account-email-code");
  const told = await mail.arrival(people.OMAR, "Your email address is about to change");
  assert.ok(told.text.includes("Nothing has changed yet"), told.text);
  await watching.goto(`${demo.url}/account/email`);
  await watching.getByText("asked for in another browser").waitFor();
  await look(watching, "account-email-elsewhere");
  await people.field(page, "Verification code").fill("00000000");
  await people.press(page, "Verify");
  await page.getByRole("alert").waitFor();
  await look(page, "account-email-code-wrong");
  const code = fact(await mail.arrival(NEW, "Your code for a new email address"), "Verification code");
  await people.field(page, "Verification code").fill(code);
  await people.press(page, "Verify");
  await done(page, "Your email address was changed.");
  await look(page, "account-done");
  await isOut(watching, demo);

  // The old mailbox can still say that it was somebody else.
  const changed = await mail.arrival(people.OMAR, "Your email address was changed");
  await isOut(await (await browser()).newPage(), demo);
  const old = await (await browser()).newPage();
  await old.goto(button(changed, "It wasn’t me"));
  await people.press(old, "It wasn’t me");
  await old.getByRole("heading", { name: "It has been done" }).waitFor();
  await isOut(page, demo);
  await people.signIn(page, demo, NEW);
  await people.isSignedIn(page);
});

journey("nora changes her password with the keyboard alone, on a small screen", async ({ demo, browser, mail }) => {
  const page = await people.signedIn(browser, demo, people.NORA);
  await page.setViewportSize({ width: 320, height: 640 });
  await reach(page, "My account");
  await heading(page, "My account");
  await reach(page, "Change Password");
  await heading(page, "Change your password");
  assert.equal((await focused(page)).name, "Current password");
  await page.keyboard.type(people.PASSWORD);
  for (const field of ["New Password", "Verify Password"]) {
    await tabTo(page, field);
    await page.keyboard.type(people.NEW_PASSWORD);
  }
  await reach(page, "Save");
  await done(page, "Your password was changed.");
  await mail.arrival(people.NORA, "Your password was changed");
});

journey("without script a name and a username are changed all the same", async ({ demo, browser }) => {
  const page = await (await browser({ javaScriptEnabled: false })).newPage();
  await people.signIn(page, demo, people.LUCIA);
  await people.isSignedIn(page);
  await page.goto(`${demo.url}/account/name`);
  await people.field(page, "Last name").fill("Moreno Vidal");
  await people.press(page, "Save");
  await done(page, "Your name was changed.");
  await page.goto(`${demo.url}/account/user-name`);
  await people.field(page, "Username").fill("lucia-moreno");
  await people.press(page, "Save");
  await done(page, "Your username was saved.");
});

journey("a page says where else something is changed", async ({ demo, browser }) => {
  const page = await people.signedIn(browser, demo, "harbor-ed");
  await page.goto(`${demo.url}/account/password`);
  await page.getByText("Several people use this account").waitFor();
  await look(page, "account-password-closed");
});
