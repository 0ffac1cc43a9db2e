//! The program from outside: the real binary with a configuration, a database and a mail server of its own, as an
//! operator runs it. Killed, stopped, misconfigured, spoken to by commands.
//!
//! - [`Deployment`]: a folder with all a node needs. [`Deployment::start`] starts the binary and waits until it says that
//!   it is ready; [`Deployment::run`] runs a command to its end.
//! - [`Visitor`]: a browser over real connections, so that an answer can get lost ([`Lost`]).
//! - The clock is the machine's; [`StandingClock`] moves it for a node. Nothing waits for a time to pass: [`until`] looks again until something is so.

#![allow(clippy::print_stderr, reason = "a seed and a figure are wanted when a run is looked at")]

mod bad_configuration;
mod bad_database;
mod bad_requests;
mod binary;
mod cluster;
mod commands;
mod connections;
mod continuity_commands;
mod crowd;
mod database_dies;
mod demo;
mod deployment;
mod disk_fails;
mod domains;
mod fifteen_minutes;
mod http;
mod kill;
mod lakeshore;
mod ledger;
mod load;
mod mail;
mod mailbox;
mod passing;
mod postgres;
mod product_clients;
mod product_races;
mod product_secrets;
mod products;
mod samples;
mod sessions;
mod standing_clock;
mod stop;
mod support;
mod two_nodes;
mod visitor;

use binary::{Finished, Node, binary};
use cluster::Cluster;
use crowd::Crowd;
use deployment::{Deployment, PUBLIC_URL};
use http::{Answer, Lost};
use ledger::Ledger;
use mailbox::Mailbox;
use passing::{Dice, until};
use standing_clock::StandingClock;
use visitor::Visitor;
