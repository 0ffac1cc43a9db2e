// The demo's clock: it runs with this machine's, and can be put ahead. Whoever moves it needs a demo without other journeys.

import assert from "node:assert/strict";

export const clockOf = (demo) => {
  let ahead = 0;

  const pass = async (seconds) => {
    const body = new URLSearchParams({ seconds });
    const answer = await fetch(`${demo.url}/demo/clock`, { method: "POST", body, redirect: "manual" });
    assert.equal(answer.status, 303);
    ahead += seconds * 1000;
  };

  // Puts it to an instant, or less than a second before: the demo takes whole seconds.
  const reach = (instant) => pass(Math.floor((instant - Date.now() - ahead) / 1000));

  return { pass, reach };
};
