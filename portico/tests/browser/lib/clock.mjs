// The demo's clock: it runs with this machine's, and can be put ahead. Whoever moves it needs a demo without other journeys.

import assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";

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

// The clock of programs beside the demo, which know nothing of it: libfaketime stands between them and the system, and reads
// from a file how far it is ahead.
export const clockOfPrograms = (file) => {
  const library = process.env.PORTICO_TEST_CLOCK;
  if (!library) throw new Error("PORTICO_TEST_CLOCK names no libfaketime: run ./test connect, which finds it");
  let ahead = 0;

  const pass = (seconds) => {
    ahead += seconds;
    // Put there whole: a program may read at any moment.
    writeFileSync(`${file}.draft`, `+${ahead}\n`);
    renameSync(`${file}.draft`, file);
  };

  pass(0);
  const environment = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
  return { pass, environment };
};
