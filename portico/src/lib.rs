//! Portico: one front door for a family of products sold to organizations.

pub mod audit;
pub mod demo;
pub mod mfa;
pub mod password;
pub mod platform;
