import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();

journey("two tabs sign in side by side, and both arrive", async ({ demo, browser }) => {
  const context = await browser();
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const page of [first, second]) {
    await page.goto(`${demo.url}/`);
    await people.identify(page, people.OMAR);
  }
  for (const page of [first, second]) {
    await people.tryPassword(page, people.PASSWORD);
    await people.isSignedIn(page);
  }
  await first.reload();
  await people.isSignedIn(first);
});

journey("a tab for somebody else does not disturb the first", async ({ demo, browser }) => {
  const context = await browser();
  const [first, second] = [await context.newPage(), await context.newPage()];
  await first.goto(`${demo.url}/`);
  await people.identify(first, people.OMAR);
  await second.goto(`${demo.url}/`);
  await people.identify(second, people.NORA);
  await people.tryPassword(first, people.PASSWORD);
  await people.control(first, "Bed Board").waitFor();
});

journey("Back from the portal leads to no error and signs nobody out", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.OMAR);
  await people.isSignedIn(page);
  await page.goBack();
  // Either the browser shows the old form, which may be sent again, or the server has led on already.
  if (await people.field(page, "Password").count()) await people.tryPassword(page, people.PASSWORD);
  else if (await people.field(page, "Email or username").count()) await page.goto(`${demo.url}/`);
  await people.isSignedIn(page);
});

journey("Back from the password page lets a person choose another name", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  await people.identify(page, people.NORA);
  await page.goBack();
  await people.identify(page, people.OMAR);
  await people.tryPassword(page, people.PASSWORD);
  await people.control(page, "Bed Board").waitFor();
});

journey("Not you? keeps the way and changes the person", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/account`);
  await people.identify(page, people.NORA);
  await people.press(page, "Not you?");
  await people.identify(page, people.OMAR);
  await people.tryPassword(page, people.PASSWORD);
  await page.waitForURL(/\/account/);
});

journey("a reload repeats nothing and burns no attempt", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.DANA, "wrong");
  for (let time = 0; time < 4; time += 1) {
    await page.reload();
    await people.field(page, "Password").waitFor();
  }
  await people.tryPassword(page, people.PASSWORD);
  await people.isSignedIn(page);
});

journey("a form that is posted twice signs in once, and the person arrives", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  await page.goto(`${demo.url}/`);
  await people.identify(page, people.OMAR);
  await people.field(page, "Password").fill(people.PASSWORD);
  const { action, form } = await page.locator("main form").first().evaluate((form) => ({
    action: form.action,
    form: Object.fromEntries(new FormData(form)),
  }));
  // With the cookies of this browser, both under way at once.
  const post = () => context.request.post(action, { form, headers: { origin: demo.url } });
  const answers = await Promise.all([post(), post()]);
  assert.deepEqual(answers.map((answer) => answer.status()), [200, 200]);
  await page.goto(`${demo.url}/`);
  await people.isSignedIn(page);
});

journey("a button that is pressed twice does it once", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  await people.field(page, "Email or username").fill(people.NORA);
  await people.control(page, "Next").dblclick();
  await people.field(page, "Password").fill(people.PASSWORD);
  await people.control(page, "Sign In").dblclick();
  await people.control(page, "Ask for access").dblclick();
  await page.getByText("Your request was sent.").waitFor();
  await mail.arrival(people.DANA, "access");
  assert.equal((await mail.to(people.DANA, "access")).length, 1);
});

journey("a bookmark of a page inside, and of a step of a sign-in, lead on", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  await page.goto(`${demo.url}/account`);
  await people.identify(page, people.OMAR);
  const bookmark = page.url();
  await people.tryPassword(page, people.PASSWORD);
  await page.waitForURL(/\/account/);
  await page.goto(bookmark);
  await people.isSignedIn(page);
  await people.signOut(page);
  await page.goto(bookmark);
  await people.field(page, "Email or username").or(people.control(page, "Sign out")).first().waitFor();
});

journey("a page whose sign-in is gone begins anew with name and destination kept", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  await page.goto(`${demo.url}/account`);
  await people.identify(page, people.OMAR);
  // What a night does: the browser has forgotten, the page is still open.
  await context.clearCookies();
  await people.tryPassword(page, people.PASSWORD);
  if (await people.field(page, "Email or username").count()) {
    assert.equal(await people.field(page, "Email or username").inputValue(), people.OMAR);
    await people.press(page, "Next");
  }
  await people.tryPassword(page, people.PASSWORD);
  await page.waitForURL(/\/account/);
});

journey("the address of somebody else's sign-in opens nothing", async ({ demo, browser }) => {
  const own = await (await browser()).newPage();
  await own.goto(`${demo.url}/`);
  await people.identify(own, people.OMAR);
  const thief = await (await browser()).newPage();
  await thief.goto(own.url());
  await people.field(thief, "Email or username").waitFor();
  assert.equal(await thief.getByText(people.OMAR).count(), 0);
});
