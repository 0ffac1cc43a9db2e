//! Stories: what people do at the front door, told through the front door, on both engines.
//!
//! A story's name is a sentence that is true. `stories!` tells it twice, as `…::on_sqlite` and `…::on_postgres`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a story that cannot go on has failed"
)]

mod support;

mod activity;
mod answers_apart;
mod audit;
mod back_button;
mod bad_input;
mod change_email;
mod clock;
mod contact_form;
mod continuity;
mod continuity_approval;
mod continuity_incident;
mod continuity_mailbox;
mod continuity_pair;
mod continuity_races;
mod continuity_stranger;
mod delivery;
mod demo_continuity;
mod demo_factors;
mod demo_mail;
mod demo_own;
mod demo_sign_ins;
mod device;
mod disputed;
mod domains;
mod download;
mod federation;
mod first_time;
mod first_time_races;
mod first_time_stranger;
mod forgot_user_name;
mod half_sign_ins;
mod help_me_sign_in;
mod languages;
mod letters;
mod locked_by_others;
mod lockout;
mod mail;
mod mails_alike;
mod mfa;
mod notices;
mod organization_api;
mod own;
mod pages;
mod passkeys;
mod passkeys_refused;
mod portal;
mod process;
mod products;
mod protection_page;
mod provider;
mod questions;
mod questions_alike;
mod races;
mod recently_verified;
mod recovery;
mod recovery_whom;
mod seats;
mod second_factor;
mod session;
mod sessions;
mod sign_in;
mod sign_in_notices;
mod sources;
mod statements;
mod stranger;
mod terms;
mod two_tabs;
mod verify_email;
mod work_alike;
