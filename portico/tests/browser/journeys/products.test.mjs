// The products behind the door: signing in there, going from one to the next, and out of all of them.

import assert from "node:assert/strict";
import { createServer } from "node:http";

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
  for (const name of ["Bed Board", "Incident Desk", "Tracer"]) {
    await people.press(page, name);
    await heading(page, name);
    await page.goto(`${demo.url}/`);
  }
  await people.signOut(page);
  for (const product of [BED, DESK, TRACER]) {
    await until(`product ${product} to have been told`, async () => {
      await page.goto(at(demo, product, "/"));
      return new URL(page.url()).port === String(demo.port);
    });
  }
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

// Goes to a page of somebody else's, with a policy of its own.
const madeUp = async (page, policy, body = "") => {
  const headers = { "content-type": "text/html", "content-security-policy": policy };
  const server = createServer((_, answer) => answer.writeHead(200, headers).end(`<!doctype html><title>Made up</title><body>${body}`));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  server.unref();
  // The browser complains about what it may not load, and rightly so.
  page.removeAllListeners("console");
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
};

const listOf = (demo) => {
  const product = { url: null, current: false, note: null, line: "", logo_url: null, initials: "" };
  return {
    products: [
      { ...product, name: "Bed Board", current: true },
      { ...product, name: "Incident Desk", url: "https://desk.example/", initials: "ID", logo_url: `${demo.url}/logos/none.png` },
    ],
    portal_url: `${demo.url}/`,
    words: { menu: "Products", current: "You are here", portal: "All your products" },
  };
};

journey("a page whose policy does not know the script keeps its plain links", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  const menu = `<portico-switcher list="{}"><a href="/plain">Incident Desk</a></portico-switcher>`;
  await madeUp(page, "script-src 'none'", `${menu}<script src="${demo.url}/switcher.js"></script>`);
  await page.getByRole("link", { name: "Incident Desk" }).waitFor();
  assert.equal(await page.evaluate(() => Boolean(customElements.get("portico-switcher"))), false);
});

journey("the list is an attribute, a property or JSON inside, and where no picture may be shown there are letters", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await madeUp(page, "img-src 'none'");
  const list = listOf(demo);
  await page.evaluate((given) => {
    const put = (id, inside = "") => {
      document.body.insertAdjacentHTML("beforeend", `<portico-switcher id="${id}">${inside}</portico-switcher>`);
      return document.getElementById(id);
    };
    put("attribute").setAttribute("list", JSON.stringify(given));
    put("inside", `<script type="application/json">${JSON.stringify(given)}</script>`);
    put("early").list = given;
    put("late").setAttribute("label", "More");
    document.body.style.cssText = "color: rgb(250, 250, 250); background: rgb(10, 10, 60)";
  }, list);
  await page.evaluate(async ({ src, given }) => {
    const script = Object.assign(document.createElement("script"), { src });
    await new Promise((loaded) => (script.onload = loaded) && document.head.append(script));
    document.getElementById("late").list = given;
  }, { src: `${demo.url}/switcher.js`, given: list });
  for (const [id, name] of [["attribute", "Products"], ["inside", "Products"], ["early", "Products"], ["late", "More"]]) {
    const element = page.locator(`#${id}`);
    await element.getByRole("button", { name, exact: true }).click();
    assert.equal(await element.getByRole("link", { name: "Incident Desk" }).getAttribute("href"), "https://desk.example/");
    await element.locator("a i").getByText("ID", { exact: true }).waitFor();
    assert.equal(await element.locator("span i").innerText(), "B", "where there are no initials");
    await page.keyboard.press("Escape");
  }
  const ring = await page.evaluate(() => getComputedStyle(document.getElementById("late").shadowRoot.activeElement).outlineColor);
  assert.equal(ring, "rgb(250, 250, 250)", "seen on whatever the button is seen on");
});

journey("a page that draws itself anew leaves an open menu open, and one that is put away and back is closed", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/"));
  await identify(page, people.OMAR);
  await menu(page).click();
  const open = () => menu(page).getAttribute("aria-expanded");
  const draw = (how) => page.locator("portico-switcher").evaluate(how);
  await draw((element) => element.setAttribute("list", element.getAttribute("list")));
  assert.equal(await open(), "true");
  await draw((element) => element.parentNode.append(element));
  assert.equal(await open(), "false");
});

journey("a list that is none leaves the plain links, and one that is evil makes none", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(at(demo, BED, "/"));
  await identify(page, people.OMAR);
  await menu(page).waitFor();
  const evilName = "<img src=x onerror=alert(1)><script>alert(1)</script>";
  const odd = await page.evaluate((evilName) => {
    const make = (list) => {
      const element = document.createElement("portico-switcher");
      element.setAttribute("list", list);
      document.body.append(element);
      const links = [...(element.shadowRoot?.querySelectorAll("a") ?? [])].map((link) => link.getAttribute("href"));
      const markup = [...(element.shadowRoot?.querySelectorAll("script, img") ?? [])].length;
      const found = { plain: !element.shadowRoot, links, markup, names: [...(element.shadowRoot?.querySelectorAll("strong") ?? [])].map((name) => name.textContent) };
      element.remove();
      return found;
    };
    const product = (url, name = "x") => ({ name, url, current: false, note: null, logo_url: null });
    return {
      none: make("no list"),
      empty: make("{}"),
      evil: make(JSON.stringify({
        products: [product("javascript:alert(1)"), product("data:text/html,x"), product("/relative"), product("https://good.example/", evilName)],
        portal_url: "javascript:alert(1)",
      })),
    };
  }, evilName);
  assert.deepEqual(odd.none, { plain: true, links: [], markup: 0, names: [] });
  assert.deepEqual(odd.empty, { plain: true, links: [], markup: 0, names: [] });
  assert.deepEqual(odd.evil, { plain: false, links: ["https://good.example/"], markup: 0, names: ["x", "x", "x", evilName] });
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
  // Into the sign-in, which is over: it leads to the product again. Once more, and one is before it.
  await page.goBack();
  await heading(page, "Bed Board");
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

journey("a client that asks the person first is answered whatever they say", async ({ demo, browser }) => {
  const context = await browser();
  const first = await context.newPage();
  await people.signIn(first, demo, people.OMAR);
  await people.isSignedIn(first);
  // Nobody listens there: that the browser goes is enough.
  const callback = "http://127.0.0.1:9999/callback";
  const asked = new URLSearchParams({ client_id: "try-it", redirect_uri: callback, response_type: "code", scope: "openid", prompt: "consent" });
  for (const [button, told] of [["Do not allow", "error"], ["Allow", "code"]]) {
    const page = await context.newPage();
    await page.goto(`${demo.url}/oauth2/authorize?${asked}`);
    const back = page.waitForRequest((one) => one.url().startsWith(callback));
    await people.press(page, button);
    assert.ok(new URL((await back).url()).searchParams.has(told), button);
  }
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
