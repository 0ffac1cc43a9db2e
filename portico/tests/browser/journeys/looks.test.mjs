// Every page once, in light and dark, wide and narrow, with axe. PORTICO_TEST_PICTURES=FOLDER keeps pictures of all.

import { house } from "../lib/house.mjs";
import { LETTER, look } from "../lib/look.mjs";
import { button } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();

journey("the pages before the door", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  for (const [name, path] of [
    ["sign-in", "/sign-in"],
    ["help", "/help"],
    ["recover", "/recover"],
    ["forgot-user-name", "/recover/user-name"],
    ["recover-missing", "/recover?problem=missing"],
    ["forgot-user-name-odd", "/recover/user-name?problem=odd"],
    ["link-unknown", "/recover/link/nothing"],
    ["not-found", "/nothing-here"],
    ["demo", "/demo"],
  ]) {
    await page.goto(`${demo.url}${path}`);
    await look(page, name);
  }
});

journey("the pages of signing in", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  await people.press(page, "Next");
  await page.getByRole("alert").waitFor();
  await look(page, "sign-in-missing");
  await people.identify(page, people.DANA);
  await look(page, "password");
  await people.tryPassword(page, "wrong");
  await look(page, "password-wrong");
  for (let time = 0; time < 2; time += 1) await people.tryPassword(page, "wrong");
  await look(page, "password-locked");
});

journey("the pages behind the door", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.OMAR);
  await people.isSignedIn(page);
  await look(page, "portal");
  await page.goto(`${demo.url}/account`);
  await look(page, "account");
  await people.signOut(page);
  await look(page, "signed-out");
});

journey("a product whose license has ended", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, "harbor-dispatch");
  await people.isSignedIn(page);
  await look(page, "portal-ended");
  await people.press(page, "Incident Desk");
  await page.getByRole("heading", { name: "You cannot open Incident Desk" }).waitFor();
  await look(page, "product-refused");
  await people.press(page, "Ask for access");
  await page.getByText("Your request was sent.").waitFor();
});

journey("what mia sees of products that move", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, "mia@riverside.example");
  await people.isSignedIn(page);
  await look(page, "portal-moves");
});

journey("the pages of somebody without access", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.NORA);
  await people.isSignedIn(page);
  await look(page, "no-sites");
  await people.press(page, "Ask for access");
  await page.getByText("Your request was sent.").waitFor();
  await look(page, "no-sites-asked");
});

journey("the page of the second factor", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.KIM);
  await people.field(page, "Enter code").fill("000000");
  await Promise.all([page.waitForEvent("load"), people.press(page, "Verify")]);
  await page.getByRole("alert").waitFor();
  await look(page, "code-wrong");
});

journey("the pages of a reset, and its mails", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, people.LUCIA);
  await look(page, "check-mail");
  const link = button(await mail.arrival(people.LUCIA, "Reset"), "Reset Password");
  await page.goto(link);
  await look(page, "set-password");
  await people.press(page, "Submit");
  await page.getByRole("alert").waitFor();
  await look(page, "set-password-missing");
  await people.setPassword(page);
  await look(page, "reset-done");

  const stranger = await (await browser()).newPage();
  await stranger.goto(link);
  await look(stranger, "link-used");
  await page.goto(`${demo.url}/demo/mail`);
  await look(page, "mailbox");
  await page.getByRole("link", { name: "Reset" }).first().click();
  await look(page, "mailbox-mail");
  await people.press(page, "Open the mail");
  await page.getByRole("heading", { name: "Reset your password" }).waitFor();
  await look(page, "letter-reset", LETTER);

  await page.goto(`${demo.url}/recover`);
  await people.field(page, "Email or username").fill("harbor-night");
  await people.press(page, "Reset via Email");
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await look(page, "check-mail-user-name");
  await page.goto(`${demo.url}/recover/user-name`);
  await people.field(page, "Email").fill("night@harbor.example");
  await page.getByRole("main").getByRole("button").first().click();
  await page.getByText("Our mail server has taken it").waitFor();
  await look(page, "check-mail-names");
});
