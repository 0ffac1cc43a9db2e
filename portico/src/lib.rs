//! Portico: one front door for a family of products sold to organizations.

pub mod config;
pub mod mfa;
pub mod password;
pub mod platform;
