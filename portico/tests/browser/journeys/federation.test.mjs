// People whose organization has its own sign-in: lee types an email at Portico and everything else at the hospital's.

import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { INES, INES_SECRET, LEE, NOOR, VERA, during, enter, idpOf, isThere } from "../lib/lakeshore.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";
import { until } from "../lib/until.mjs";

const { journey } = house();

const BED = 1;
const TRACER = 3;
const at = (demo, product, path) => `${demo.productUrl(product)}${path}`;

const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();

// Says who it is at Portico, which leads to the hospital: to its entrance, or to what it shows whom it knows.
const leave = async (page, demo, who = LEE, button = "Sign in at Lakeshore") => {
  await people.field(page, "Email or username").fill(who);
  await people.press(page, "Next");
  await people.control(page, button).waitFor();
  isThere(page, demo);
};

const signIn = async (page, demo, who = LEE, options) => {
  await page.goto(`${demo.url}/`);
  await leave(page, demo, who);
  await enter(page, options);
};

const asksWhoItIs = (page) => people.field(page, "Email or username").waitFor();

journey("lee types an email and a password, each once, and is where the sign-in began", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  const bookmark = at(demo, BED, "/wards/3-west");
  await page.goto(bookmark);
  await leave(page, demo);
  assert.equal(await people.field(page, "Email").inputValue(), LEE);
  await enter(page);
  await heading(page, "3 West, surgery");
  assert.equal(page.url(), bookmark);
  await page.goto(at(demo, TRACER, "/trails/set-k-12"));
  await page.waitForURL(at(demo, TRACER, "/trails/set-k-12"));
  await page.goto(`${demo.url}/`);
  await people.isSignedIn(page);
});

journey("two tabs to two products arrive each where it was going", async ({ demo, browser }) => {
  const context = await browser();
  const [bed, tracer] = [await context.newPage(), await context.newPage()];
  const wanted = [at(demo, BED, "/wards/icu"), at(demo, TRACER, "/trails/set-h-04")];
  for (const [number, page] of [bed, tracer].entries()) {
    await page.goto(wanted[number]);
    await leave(page, demo);
  }
  // In the order of somebody who has forgotten which was first.
  await enter(tracer);
  await tracer.waitForURL(wanted[1]);
  await enter(bed);
  await bed.waitForURL(wanted[0]);
  await bed.reload();
  await heading(bed, "Intensive care");
});

journey("Back from the hospital's page returns to the first page, where somebody else may be named", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/wards/icu"));
  await leave(page, demo);
  await page.goBack();
  await asksWhoItIs(page);
  assert.equal(new URL(page.url()).origin, demo.url);
  await people.identify(page, people.OMAR);
  await people.tryPassword(page, people.PASSWORD);
  await heading(page, "Intensive care");
});

journey("Forward, reload and an answer that is shown again lead on; another browser's opens nothing", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  let answer;
  page.on("request", (request) => {
    if (request.url().includes("/callback?") && request.url().startsWith(demo.url)) answer = request.url();
  });
  await page.goto(at(demo, BED, "/wards/icu"));
  await leave(page, demo);
  await page.goBack();
  await asksWhoItIs(page);
  await page.goForward();
  await enter(page, { email: LEE });
  await heading(page, "Intensive care");

  await page.goto(answer);
  assert.ok(!(await page.getByRole("heading", { level: 1 }).innerText()).includes("out of date"), "the browser has been here before");
  const thief = await (await browser()).newPage();
  await thief.goto(answer);
  await asksWhoItIs(thief);
  await leave(thief, demo);
  await thief.goto(answer);
  await heading(thief, "This page is out of date");
  await look(thief, "federation-out-of-date");
  await thief.goto(`${demo.url}/`);
  await asksWhoItIs(thief);
});

// What is met while it misbehaves, and the button that leads on.
const FAILURES = [
  ["says-no", "Lakeshore Hospital did not let you in"],
  ["colleague", "That is somebody else"],
  ["stranger", "That email address cannot be used here"],
  ["clock", "Two clocks disagree"],
  ["unknown-key", "We could not check the answer"],
  ["other-issuer", "The answer did not fit"],
  ["down", "Lakeshore Hospital does not answer"],
];

const isTold = async (page, name, cause) => {
  await heading(page, cause);
  await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).first().waitFor();
  await page.getByText("Lakeshore IT help line, +1 555 0163").first().waitFor();
  await look(page, `federation-${name}`);
};

// The hospital may know the browser already: then nothing is asked there.
const leaveOrArrive = async (page, demo) => {
  await people.field(page, "Email or username").fill(LEE);
  await Promise.all([page.waitForEvent("load"), people.press(page, "Next")]);
  if (new URL(page.url()).origin === idpOf(demo)) await enter(page);
};

for (const [mood, cause] of FAILURES) {
  journey(`an identity provider that misbehaves (${mood}) is told of in words, and tried again`, async ({ demo, browser }) => {
    const page = await (await browser()).newPage();
    await during(demo, mood, async () => {
      await signIn(page, demo);
      await isTold(page, mood, cause);
    });
    await page.goto(`${demo.url}/`);
    await leaveOrArrive(page, demo);
    await people.isSignedIn(page);
  });
}

journey("an identity provider that hangs is given up on", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await during(demo, "hangs", async () => {
    await page.goto(`${demo.url}/`);
    await leave(page, demo);
    const began = Date.now();
    await enter(page);
    await heading(page, "Lakeshore Hospital does not answer");
    assert.ok(Date.now() - began < 15_000);
  });
});

const NOT_YOU = "It is not you: this sign-in page is failing for several people right now.";

journey("when it fails for many, the sign-in page says that it is not the reader, until somebody gets in", async ({ demo, browser }) => {
  const failing = async () => {
    const page = await (await browser()).newPage();
    await signIn(page, demo);
    await heading(page, "Lakeshore Hospital does not answer");
    return page;
  };
  let page;
  await during(demo, "down", async () => {
    for (let person = 0; person < 3; person += 1) page = await failing();
    await page.getByText(NOT_YOU).waitFor();
    await look(page, "federation-fails-for-many");
    await people.press(page, "Use another account");
    await asksWhoItIs(page);
    await page.getByText(NOT_YOU).waitFor();
    assert.equal(await people.field(page, "Email or username").inputValue(), LEE);
    await look(page, "sign-in-fails-for-many");
  });
  await leaveOrArrive(page, demo);
  await people.isSignedIn(page);
  const next = await (await browser()).newPage();
  await next.goto(`${demo.url}/`);
  await leave(next, demo);
  await next.goBack();
  await asksWhoItIs(next);
  assert.equal(await next.getByText(NOT_YOU).count(), 0);
});

journey("a colleague who is still signed in there on a shared computer may go on, or be told apart", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  await signIn(page, demo, VERA);
  await people.isSignedIn(page);
  // The hospital still knows who sits there; Portico does not.
  await context.clearCookies({ name: /^(?!lakeshore)/ });
  await page.goto(`${demo.url}/`);
  await leave(page, demo, LEE, "Go on as Vera Holm");
  await people.press(page, "Go on as Vera Holm");
  await heading(page, "That is somebody else");
  const elsewhere = await context.newPage();
  await elsewhere.goto(await people.control(page, "Choose another account there").getAttribute("href").then((path) => demo.url + path));
  await people.control(elsewhere, "I am somebody else").waitFor();
  await elsewhere.close();
  await page.getByRole("button", { name: /^Continue as / }).click();
  await people.isSignedIn(page);
  await page.getByText("Vera Holm").first().waitFor();
});

journey("noor has no account here, until the hospital may make one", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await signIn(page, demo, NOOR);
  await isTold(page, "no-account", "You have no account here yet");
  const stage = await (await browser()).newPage();
  await stage.goto(`${demo.url}/demo`);
  await people.press(stage, "Let Lakeshore create accounts");
  await people.press(page, "Choose another account there");
  await people.press(page, "Go on as Noor Rahimi");
  await people.press(page, "Accept");
  await people.isSignedIn(page);
  await page.getByText("Noor Rahimi").first().waitFor();
  await people.press(stage, "Let it create none");
});

journey("a badge shown at the hospital counts as the second factor; without it, a code is asked for here", async ({ demo, browser }) => {
  const shown = await (await browser()).newPage();
  await signIn(shown, demo, INES, { badge: true });
  await people.isSignedIn(shown);
  const page = await (await browser()).newPage();
  await signIn(page, demo, INES);
  await people.field(page, "Enter code").fill(people.totp(INES_SECRET));
  await people.press(page, "Verify");
  await people.isSignedIn(page);
});

journey("signing out at Portico signs out at the hospital", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/wards/icu"));
  await leave(page, demo);
  await enter(page);
  await heading(page, "Intensive care");
  await page.goto(`${demo.url}/`);
  await people.signOut(page);
  assert.equal(new URL(page.url()).origin, demo.url, "back where the button was");
  await look(page, "federation-signed-out");
  await page.goto(`${idpOf(demo)}/`);
  await page.getByText("Nobody.").waitFor();
  await page.goto(`${demo.url}/`);
  await leave(page, demo);
});

journey("signing out at a product signs out at the hospital, too", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/wards/icu"));
  await leave(page, demo);
  await enter(page);
  await heading(page, "Intensive care");
  await people.press(page, "Sign out");
  await page.waitForURL((url) => url.href.startsWith(at(demo, BED, "/")));
  await page.goto(`${idpOf(demo)}/`);
  await page.getByText("Nobody.").waitFor();
});

journey("signing out at the hospital ends the session here, and at the products", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  await page.goto(at(demo, BED, "/wards/icu"));
  await leave(page, demo);
  await enter(page);
  await heading(page, "Intensive care");
  const desk = await context.newPage();
  await desk.goto(`${idpOf(demo)}/`);
  await people.press(desk, "Sign out of Lakeshore");
  await heading(desk, "You have left Lakeshore");
  for (const there of [`${demo.url}/`, at(demo, BED, "/wards/icu")]) {
    await until(`${there} to ask who it is`, async () => {
      await page.goto(there);
      return (await people.field(page, "Email or username").count()) > 0;
    });
  }
});

journey("without script lee arrives, too", async ({ demo, browser }) => {
  const page = await (await browser({ javaScriptEnabled: false })).newPage();
  await page.goto(at(demo, BED, "/wards/3-west"));
  await leave(page, demo);
  await enter(page);
  await heading(page, "3 West, surgery");
});
