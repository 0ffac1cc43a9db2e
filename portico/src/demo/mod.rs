//! What the demo needs and no deployment has.

pub mod smtp;
