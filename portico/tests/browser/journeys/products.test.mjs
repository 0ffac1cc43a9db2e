// The products behind the door: signing in there, going from one to the next, and out of all of them.

import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";
import { until } from "../lib/until.mjs";

const { journey } = house();

// Pages of a product are at its own port.
const at = (demo, number, path) => `${demo.productUrl(number)}${path}`;
const BED = 1;
const DESK = 2;
const TRACER = 3;

const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();
const menu = (page) => page.getByRole("button", { name: "Products", exact: true });
const pressIn = async (page, name) => {
  await menu(page).click();
  await page.locator("portico-switcher").getByRole("link", { name }).click();
};

// Signs in wherever a product has sent the browser.
const identify = async (page, who) => {
  await people.identify(page, who);
  await people.tryPassword(page, people.PASSWORD);
};

const focused = (page) =>
  page.evaluate(() => {
    let { activeElement } = document;
    while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
    return (activeElement.querySelector?.("strong") ?? activeElement).textContent.trim();
  });

journey("omar opens a bookmarked page of Bed Board, goes to Incident Desk by the menu, signs out there, and is out of both", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  const bookmark = at(demo, BED, "/wards/3-west");
  await page.goto(bookmark);
  assert.equal(new URL(page.url()).port, String(demo.port), "nobody is signed in: to the front door");
  await identify(page, people.OMAR);
  await heading(page, "3 West, surgery");
  assert.equal(page.url(), bookmark);
  for (const known of ["Riverside Health", "Main Campus", "editor"]) await page.getByText(known, { exact: true }).first().waitFor();

  const desk = await context.newPage();
  await desk.goto(bookmark);
  await pressIn(desk, "Incident Desk");
  await heading(desk, "Incident Desk");
  assert.equal(new URL(desk.url()).port, String(demo.port + DESK), "and nothing was typed");
  await desk.getByText("reporter", { exact: true }).first().waitFor();

  await people.press(desk, "Sign out");
  await heading(desk, "You are signed out");
  assert.equal(new URL(desk.url()).port, String(demo.port + DESK), "back at the product");
  await until("Bed Board to have been told", async () => {
    await page.goto(bookmark);
    return new URL(page.url()).port === String(demo.port);
  });
  await people.field(page, "Email or username").waitFor();
  await page.goto(`${demo.url}/`);
  await people.field(page, "Email or username").waitFor();
});

journey("signing out at the front door signs out of every product", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.OMAR);
  await people.press(page, "Tracer");
  await heading(page, "Tracer");
  await page.goto(`${demo.url}/`);
  await people.signOut(page);
  await until("Tracer to have been told", async () => {
    await page.goto(at(demo, TRACER, "/trails/set-k-12"));
    return new URL(page.url()).port === String(demo.port);
  });
});

journey("the menu is used with the keyboard alone", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/"));
  await identify(page, people.OMAR);
  await heading(page, "Bed Board");
  await menu(page).waitFor();
  const open = () => menu(page).getAttribute("aria-expanded");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Products", "it is the first thing on the page");
  assert.equal(await open(), "false");
  for (const key of ["Enter", "Space"]) {
    await page.keyboard.press(key);
    assert.equal(await open(), "true", key);
    await page.keyboard.press("Escape");
    assert.equal(await open(), "false");
    assert.equal(await focused(page), "Products");
  }
  // Where one is already is no way to go.
  const way = ["Incident Desk", "Tracer", "All your products"];
  for (const [key, name] of [
    ["ArrowDown", way[0]], ["ArrowDown", way[1]], ["ArrowDown", way[2]], ["ArrowDown", way[0]], ["ArrowUp", way[2]],
    ["Home", way[0]], ["End", way[2]], ["ArrowUp", way[1]],
  ]) {
    await page.keyboard.press(key);
    assert.equal(await focused(page), name, key);
  }
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "Products", "focus returns");
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(page), way[2]);
  await page.keyboard.press("Tab");
  assert.equal(await open(), "false", "Tab goes on and closes it");
  await menu(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await heading(page, "Incident Desk");
});

journey("the menu closes when somebody presses beside it, and says where they are", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, DESK, "/incidents/2041"));
  await identify(page, people.OMAR);
  await menu(page).click();
  const here = page.locator("portico-switcher [aria-current=true]");
  assert.match(await here.innerText(), /Incident Desk\s+You are here/);
  await page.getByRole("heading", { level: 1 }).click();
  assert.equal(await menu(page).getAttribute("aria-expanded"), "false");
});

journey("mia's menu leads to where she still works", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/"));
  await identify(page, "mia@riverside.example");
  await menu(page).click();
  await page.locator("portico-switcher").getByText("Moves here").last().waitFor();
  await page.locator("portico-switcher").getByRole("link", { name: /Tracer\s*Not moved here yet/ }).click();
  await page.getByText("This is where people opened Tracer").waitFor();
});

journey("without script the same products are plain links", async ({ demo, browser }) => {
  const page = await (await browser({ javaScriptEnabled: false })).newPage();
  await page.goto(at(demo, BED, "/wards/icu"));
  await identify(page, people.OMAR);
  await heading(page, "Intensive care");
  await page.locator("summary", { hasText: "Products" }).click();
  await page.getByRole("link", { name: "Incident Desk", exact: true }).click();
  await heading(page, "Incident Desk");
  await people.press(page, "Sign out");
  await heading(page, "You are signed out");
});

journey("a page whose policy does not know the script, and a list that is none, keep their plain links", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/"));
  await identify(page, people.OMAR);
  await menu(page).waitFor();
  const odd = await page.evaluate(() => {
    const make = (list) => {
      const element = document.createElement("portico-switcher");
      element.setAttribute("list", list);
      document.body.append(element);
      const links = [...(element.shadowRoot?.querySelectorAll("a") ?? [])].map((link) => link.getAttribute("href"));
      const found = { plain: !element.shadowRoot, links, scripts: element.shadowRoot?.querySelectorAll("script").length ?? 0 };
      element.remove();
      return found;
    };
    const product = (url, name = "x") => ({ name, url, current: false, note: null, logo_url: null });
    return {
      none: make("no list"),
      empty: make("{}"),
      evil: make(JSON.stringify({
        products: [product("javascript:alert(1)"), product("data:text/html,x"), product("/relative"), product("https://good.example/", "<img src=x onerror=alert(1)><script>alert(1)</script>")],
        portal_url: "javascript:alert(1)",
      })),
    };
  });
  assert.deepEqual(odd.none, { plain: true, links: [], scripts: 0 });
  assert.deepEqual(odd.empty, { plain: true, links: [], scripts: 0 });
  assert.deepEqual(odd.evil, { plain: false, links: ["https://good.example/"], scripts: 0 });
});

journey("whoever may not open a product is told who can help, and asks with one button", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/wards/3-west"));
  await identify(page, people.NORA);
  await heading(page, "You cannot open Bed Board");
  await page.getByText("Lucia Moretti").waitFor();
  await people.press(page, "Ask for access");
  await page.getByText("Your request was sent.").waitFor();
  await page.goto(at(demo, DESK, "/"));
  await heading(page, "You cannot open Incident Desk");
});

journey("access that is taken away while somebody is in the product ends at the next page", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/"));
  await identify(page, people.OMAR);
  await heading(page, "Bed Board");
  const desk = await (await browser()).newPage();
  await desk.goto(`${demo.url}/demo`);
  await people.press(desk, "Take Bed Board away from omar");
  await until("Bed Board to be closed to omar", async () => {
    await page.goto(at(demo, BED, "/wards/4-east"));
    return (await page.getByRole("heading", { name: "You cannot open Bed Board" }).count()) > 0;
  });
  await people.press(desk, "Give it back");
  await until("Bed Board to be open to omar", async () => {
    await page.goto(at(demo, BED, "/wards/4-east"));
    return (await page.getByRole("heading", { name: "4 East, medicine" }).count()) > 0;
  });
});

journey("Back, reload and addresses that are over lead on", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  let callback;
  page.on("request", (request) => {
    if (request.url().includes("/callback?")) callback = request.url();
  });
  await page.goto(at(demo, BED, "/wards/3-west"));
  await identify(page, people.OMAR);
  await heading(page, "3 West, surgery");
  // Into the sign-in, which is over: it leads here again. Once more, and one is before it.
  await page.goBack();
  await heading(page, "3 West, surgery");
  await page.goBack();
  await people.field(page, "Email or username").waitFor();
  await page.goto(callback);
  await heading(page, "Bed Board");
  const stranger = await (await browser()).newPage();
  await stranger.goto(callback);
  await heading(stranger, "This sign-in is over");
  await look(stranger, "bed-board-over");
  await people.press(stranger, "Try again");
  await people.field(stranger, "Email or username").waitFor();
  await page.goto(at(demo, BED, "/nothing/here"));
  await heading(page, "There is no such page");
  await people.press(page, "Try again");
  await heading(page, "Bed Board");
});

journey("the page between a form and a product can be read by everybody, and its link leads on", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/wards/3-west"));
  await people.identify(page, people.OMAR);
  // As in a browser that does not go on by itself.
  await page.route("**/oauth2/authorize/*", (route) => route.abort("aborted"), { times: 1 });
  await people.tryPassword(page, people.PASSWORD);
  await heading(page, "One moment");
  await look(page, "one-moment");
  await people.press(page, "Continue");
  await heading(page, "3 West, surgery");
});

journey("the products' pages can be read by everybody, with the menu open and closed", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/"));
  await identify(page, people.OMAR);
  await menu(page).waitFor();
  await look(page, "bed-board");
  await menu(page).click();
  await look(page, "bed-board-menu");
  for (const [number, path, name] of [
    [BED, "/wards/3-west", "bed-board-ward"],
    [DESK, "/", "incident-desk"],
    [DESK, "/incidents/2041", "incident"],
    [TRACER, "/trails/set-k-12", "trail"],
    [BED, "/old", "bed-board-old"],
    [BED, "/nothing", "bed-board-lost"],
  ]) {
    await page.goto(at(demo, number, path));
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(page, name);
  }
  await page.goto(at(demo, BED, "/"));
  await people.press(page, "Sign out");
  await heading(page, "You are signed out");
  await look(page, "bed-board-signed-out");
});
