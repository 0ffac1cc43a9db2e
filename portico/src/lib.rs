//! Portico: one front door for a family of products sold to organizations.

pub mod platform;
