//! Products behind the door: what they ask, what they are told, and what ends it.

mod basic_op;
mod callers;
mod callers_apart;
mod codes;
mod conformance;
mod consent;
mod ends;
mod flow;
mod languages;
mod logout;
mod menu;
mod notices;
mod pushed;
mod redirects;
mod refresh;
mod signing;
mod suspension;
mod withdrawn;
