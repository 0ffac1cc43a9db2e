// The keyboard alone: how people use a page who point at nothing.

import assert from "node:assert/strict";

// More than any page has.
const STOPS = 60;

// What has focus: by what name it goes, and whether people see that it has it.
export const focused = (page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    const labelled = activeElement.getAttribute("aria-labelledby")?.split(" ").map((id) => document.getElementById(id)?.innerText).join(" ");
    const name = labelled ?? activeElement.getAttribute("aria-label") ?? activeElement.labels?.[0]?.innerText ?? activeElement.innerText;
    // A card that is one big link draws its ring around the whole card.
    const drawn = [null, "::after"].map((part) => getComputedStyle(activeElement, part));
    const visible = drawn.some(({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none");
    return { name: (name ?? "").trim(), visible };
  });

// Goes on with Tab to the control of that name; whatever has focus on the way must show it.
export const tabTo = async (page, name) => {
  const way = [];
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const found = await focused(page);
    assert.ok(found.visible || found.name === "", `focus on "${found.name}" cannot be seen`);
    if (found.name === name) return;
    way.push(found.name);
  }
  assert.fail(`Tab never comes to "${name}": ${way.join(" → ")}`);
};

// Goes there, and uses it.
export const reach = async (page, name) => {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
};
