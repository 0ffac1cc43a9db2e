//! Products behind the door: what they ask, what they are told, and what ends it.

mod basic_op;
mod callers;
mod codes;
mod conformance;
mod consent;
mod flow;
mod logout;
mod redirects;
mod refresh;
mod signing;
