import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { button } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const LOCKED = "Your account has been temporarily locked";

// What the mail scanners of hospitals do with every link, from elsewhere and without cookies.
const scan = async (link) => {
  for (const method of ["GET", "HEAD", "GET", "HEAD"]) {
    const answer = await fetch(link, { method });
    assert.ok(answer.status < 400, `${method} answered ${answer.status}`);
  }
};

journey("a reset from the mail unlocks, works once, and ends the other sessions", async ({ demo, browser, mail }) => {
  const elsewhere = await (await browser()).newPage();
  await people.signIn(elsewhere, demo, people.OMAR);
  await people.isSignedIn(elsewhere);

  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  await people.identify(page, people.OMAR);
  for (let time = 0; time < 3; time += 1) await people.tryPassword(page, "wrong");
  await page.getByText(LOCKED).waitFor();

  await people.press(page, "Forgot Password?");
  assert.equal(await people.field(page, "Email or username").inputValue(), people.OMAR);
  await people.byMail(page);
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await page.getByText(people.OMAR).first().waitFor();
  await page.getByText("Our mail server has taken it").waitFor();

  const link = button(await mail.arrival(people.OMAR, "Reset"), "Reset Password");
  assert.ok(link.startsWith(demo.url), link);
  await scan(link);

  await page.goto(link);
  assert.doesNotMatch(page.url(), /link/, "the secret does not stay in the address");
  await people.setPassword(page);

  await people.comeBack(page, people.OMAR);

  await elsewhere.goto(`${demo.url}/`);
  await people.field(elsewhere, "Email or username").waitFor();

  const third = await (await browser()).newPage();
  await third.goto(link);
  await third.getByRole("heading", { name: "already been used" }).waitFor();

  await people.signIn(third, demo, people.OMAR, people.PASSWORD);
  await third.getByText("Invalid email and/or password.").waitFor();
  await mail.arrival(people.OMAR, "password was changed");
});

journey("the reset page can be reloaded, left and come back to", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, people.DANA);
  await page.reload();
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();

  await page.goto(button(await mail.arrival(people.DANA, "Reset"), "Reset Password"));
  await people.field(page, "New Password").fill(people.NEW_PASSWORD);
  await people.field(page, "Verify Password").fill("something else again");
  await people.press(page, "Submit");
  await page.getByRole("alert").getByText("not the same").waitFor();
  await page.reload();
  await people.setPassword(page);
  await page.reload();
  await page.getByRole("heading", { name: "successfully reset" }).waitFor();
  await page.goBack();
  await page.getByText(/successfully reset|Set Up Password/).first().waitFor();
});

journey("a password that everybody uses is refused with the reason", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, people.LUCIA);
  await page.goto(button(await mail.arrival(people.LUCIA, "Reset"), "Reset Password"));
  for (const [password, reason] of [["short", "too short"], ["password123", "Many people use"]]) {
    await people.field(page, "New Password").fill(password);
    await people.field(page, "Verify Password").fill(password);
    await people.press(page, "Submit");
    await page.getByRole("alert").getByText(reason).waitFor();
  }
});

journey("kim's reset asks for her code before the new password", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, people.KIM);
  await page.goto(button(await mail.arrival(people.KIM, "Reset"), "Reset Password"));
  assert.equal(await people.field(page, "New Password").count(), 0);
  await people.field(page, "Enter code").fill(people.totp(people.KIMS_SECRET));
  await people.press(page, "Verify");
  await people.setPassword(page);
});

journey("an unknown address sees the same page, and is told by mail only", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, "nobody@riverside.example");
  await page.getByText("nobody@riverside.example").first().waitFor();
  const letter = await mail.arrival("nobody@riverside.example");
  assert.doesNotMatch(letter.html, /recover\/link/);
});

journey("a forgotten username comes by mail, with a way to sign in", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  await people.press(page, "Need help signing in?");
  await people.press(page, "Forgot username?");
  await people.field(page, "Email").fill("harbor-dispatch@harbor.example");
  await page.getByRole("main").getByRole("button").first().click();
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  const letter = await mail.arrival("harbor-dispatch@harbor.example", "username");
  assert.match(letter.text, /(^|\s)harbor-dispatch(\s|$)/m);
});
