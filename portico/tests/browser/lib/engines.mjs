// The databases of a demo: a file of its own, or a database of its own on the PostgreSQL server of this run.

import { execFileSync } from "node:child_process";
import { join } from "node:path";

const SERVER = process.env.PORTICO_TEST_POSTGRES;
const PROGRAMS = process.env.PORTICO_TEST_POSTGRES_BIN ?? "";

const createDatabase = () => {
  if (!SERVER) throw new Error("PORTICO_TEST_POSTGRES names no PostgreSQL server: run ./test connect, which starts one");
  const name = `connect_${process.pid}_${Date.now()}`;
  execFileSync(join(PROGRAMS, "psql"), ["--quiet", SERVER, "--command", `CREATE DATABASE ${name}`]);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return url.href;
};

export const ENGINES = [
  { name: "SQLite", database: () => undefined },
  { name: "PostgreSQL", database: createDatabase },
];
