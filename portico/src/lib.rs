//! Portico: one front door for a family of products sold to organizations.

pub mod account;
pub mod app;
pub mod audit;
pub mod command;
pub mod config;
pub mod demo;
pub mod deployment;
pub mod doctor;
pub mod help;
pub mod help_me_sign_in;
pub mod invitations;
pub mod lockout;
pub mod mfa;
pub mod notices;
pub mod organizations;
pub mod password;
pub mod people;
pub mod platform;
pub mod portal;
pub mod questions;
pub mod recovery;
pub mod serve;
pub mod session;
pub mod sign_in;
pub mod support;
pub mod terms;
