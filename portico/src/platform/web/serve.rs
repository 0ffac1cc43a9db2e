pub use super::address::client_address;
