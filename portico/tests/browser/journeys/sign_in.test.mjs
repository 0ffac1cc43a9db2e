import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import * as people from "../lib/people.mjs";
import { until } from "../lib/until.mjs";

const { journey } = house();
const NO_SITES =
  "There are no sites associated to your account. Please contact your Program Administrator or the License Owner within your organization for further assistance.";

journey("omar signs in and sees three products at two sites", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.OMAR);
  await people.isSignedIn(page);
  for (const site of ["Main Campus", "East Clinic"]) await page.getByText(site, { exact: true }).first().waitFor();
  for (const product of ["Bed Board", "Incident Desk", "Tracer"]) await people.control(page, product).waitFor();
});

journey("a product opens from the portal", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.OMAR);
  await people.press(page, "Bed Board");
  await page.waitForURL((url) => url.port !== String(demo.port));
  await page.getByRole("heading", { name: "Bed Board" }).waitFor();
});

journey("a wrong password says so without saying which part was wrong", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.DANA, "wrong");
  await page.getByText("Invalid email and/or password.", { exact: true }).waitFor();
  assert.match(await page.title(), /^Error:/);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "alert");
  await people.tryPassword(page, people.PASSWORD);
  await people.isSignedIn(page);
});

journey("an email is found however it is written", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, "  Omar@RIVERSIDE.example ");
  await people.isSignedIn(page);
});

journey("a user name signs in like an email", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, "harbor-dispatch");
  await people.isSignedIn(page);
});

journey("Remember me fills the name in next time, and Not you? forgets it", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  await page.goto(`${demo.url}/`);
  await people.field(page, "Remember me").check();
  await people.identify(page, people.OMAR);
  const later = await context.newPage();
  await later.goto(`${demo.url}/`);
  assert.equal(await people.field(later, "Email or username").inputValue(), people.OMAR);
  await people.press(later, "Not you?");
  await until("an empty field", async () => (await people.field(later, "Email or username").inputValue()) === "");
});

journey("nora learns who can help, and her request reaches them once", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.NORA);
  await page.getByText(NO_SITES).waitFor();
  for (const helper of [people.DANA, people.LUCIA]) await page.getByText(helper).first().waitFor();

  await people.press(page, "Ask for access");
  await page.getByText("Your request was sent.").waitFor();
  await page.reload();
  await page.getByText("Your request was sent.").waitFor();
  assert.equal(await people.control(page, "Ask for access").count(), 0);

  const helpers = [people.DANA, people.LUCIA];
  const requests = await until("the request in a helper's mailbox", async () => {
    const found = (await Promise.all(helpers.map((helper) => mail.to(helper, "access")))).filter((mails) => mails.length > 0);
    return found.length > 0 && found;
  });
  for (const mails of requests) {
    assert.equal(mails.length, 1);
    assert.match(mails[0].text, /nora@riverside\.example/);
  }
});

journey("kim is asked for her code, and the password alone opens nothing", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  await people.signIn(page, demo, people.KIM);
  await people.field(page, "Enter code").waitFor();

  const other = await context.newPage();
  await other.goto(`${demo.url}/account`);
  await people.field(other, "Email or username").waitFor();
  assert.equal(await people.control(other, "Sign out").count(), 0);

  await people.field(page, "Enter code").fill(people.totp(people.KIMS_SECRET));
  await people.press(page, "Verify");
  await people.isSignedIn(page);
});

journey("signing out ends the session in every tab", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  await people.signIn(page, demo, people.OMAR);
  const other = await context.newPage();
  await other.goto(`${demo.url}/`);
  await people.isSignedIn(other);
  await people.signOut(page);
  await other.reload();
  await people.field(other, "Email or username").waitFor();
});
