//! `connection list`, `show`, `test` and `failures`.

use clap::Args;
use serde_json::{Value, json};
use store::Tx;

use super::super::organization::{List, organization};
use super::super::{Exit, say, table};
use super::{Which, all, is_broken, tell};
use crate::app::App;
use crate::federation::{self, Connection, Finding, Look, Seen, Told};
use crate::platform::clock::Time;

#[derive(Args)]
pub struct Failures {
    #[command(flatten)]
    which: Which,
    /// Only the one of this reference
    #[arg(long, value_name = "REFERENCE")]
    reference: Option<String>,
    /// How many, newest first
    #[arg(long, default_value_t = 20)]
    most: u32,
}

pub async fn list(list: &List) -> anyhow::Result<()> {
    let app = list.configured.app().await?;
    let of = match &list.organization {
        Some(slug) => Some(organization(&app, slug).await?),
        None => None,
    };
    let found = all(&app, of.as_ref()).await?;
    let now = app.clock.now();
    if list.json {
        say(json!(found.iter().map(|(_, told)| told).collect::<Vec<_>>()));
        return Ok(());
    }
    if found.is_empty() {
        say("No connections. `portico connection add` makes one.");
    }
    for (connection, told) in &found {
        let domains = if told.domains.is_empty() { "no domain".to_owned() } else { told.domains.join(", ") };
        let name = &connection.settings.name;
        say(format_args!("{}  {:16} {:5} {name}, {domains}", told.id, told.organization, told.state));
        let findings = federation::findings(connection, &told.domains, None, now);
        for finding in findings.iter().filter(|finding| finding.weight != federation::Weight::Note) {
            say(format_args!("  {} {}", super::mark(finding.weight), finding.text));
        }
    }
    Ok(())
}

pub async fn show(which: &Which) -> anyhow::Result<()> {
    let (app, connection, told) = which.open().await?;
    let findings = federation::findings(&connection, &told.domains, None, app.clock.now());
    if which.json {
        say(with_findings(&told, &findings));
        return Ok(());
    }
    say(table(&rows(&told)));
    say("\nTo be registered at the provider");
    say(table(&to_register(&told)));
    if !findings.is_empty() {
        say("");
        tell(&findings);
    }
    Ok(())
}

pub fn with_findings(told: &Told, findings: &[Finding]) -> Value {
    let mut all = json!(told);
    if let Some(object) = all.as_object_mut() {
        object.insert("findings".to_owned(), json!(findings));
    }
    all
}

fn rows(told: &Told) -> Vec<(String, String)> {
    let mut rows = vec![
        ("Connection".to_owned(), told.id.clone()),
        ("Organization".to_owned(), told.organization.clone()),
        ("State".to_owned(), told.state.to_owned()),
        ("Domains".to_owned(), or_none(&told.domains.join(", "))),
    ];
    let settings = told.settings.as_object().into_iter().flatten();
    for (key, value) in settings {
        match value {
            Value::Object(inner) => {
                rows.extend(inner.iter().map(|(name, value)| (format!("{key}.{name}"), plain(value))));
            }
            value => rows.push((key.clone(), plain(value))),
        }
    }
    if let (Some(at), Some(by)) = (&told.mfa_accepted_at, &told.mfa_accepted_by) {
        rows.push(("Its second factor".to_owned(), format!("counts for everybody since {at}, by the word of {by}")));
    }
    let ends = told.secret_expires_at.clone().unwrap_or_else(|| "nobody has said".to_owned());
    rows.push(("Secret".to_owned(), if told.has_secret { format!("kept, ends {ends}") } else { "none".to_owned() }));
    let link = told.trial_link_until.as_ref().map_or("none".to_owned(), |until| format!("there is one, until {until}"));
    rows.push(("Trial link".to_owned(), link));
    rows
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Array(list) => or_none(&list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

fn or_none(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { text.to_owned() }
}

pub fn to_register(told: &Told) -> Vec<(&'static str, String)> {
    let values = &told.register;
    let mut rows = vec![
        ("  Redirect URI", values.redirect_uri.clone()),
        ("  Post-logout redirect URI", values.post_logout_redirect_uri.clone()),
        ("  Back-channel logout URI", values.backchannel_logout_uri.clone()),
    ];
    rows.extend(values.jwks_uri.iter().map(|uri| ("  JWKS URI", uri.clone())));
    rows.push(("  All of it, as a page", values.setup_page.clone()));
    rows
}

pub async fn test(which: &Which) -> anyhow::Result<()> {
    let (app, connection, told) = which.open().await?;
    let (look, findings) = examine(&app, &connection, &told).await;
    if which.json {
        let seen = json!({ "provider": seen(&look), "knows_us": look.client == Seen::Known, "findings": findings });
        say(seen);
    } else {
        tell_look(&look, &findings);
    }
    if is_broken(&findings) { Err(Exit(1).into()) } else { Ok(()) }
}

pub async fn examine(app: &App, connection: &Connection, told: &Told) -> (Look, Vec<Finding>) {
    let look = federation::look_at(app, connection).await;
    let findings = federation::findings(connection, &told.domains, Some(&look), app.clock.now());
    (look, findings)
}

/// What the provider says of itself.
pub fn tell_look(look: &Look, findings: &[Finding]) {
    if let Ok(metadata) = &look.metadata {
        let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
        let ways: Vec<&str> = metadata.client_auth.iter().map(|way| way.name()).collect();
        say("The provider says:");
        say(table(&[
            ("  Issuer", metadata.issuer.clone()),
            ("  Sign-in page", metadata.authorization_endpoint.clone()),
            ("  Token endpoint", metadata.token_endpoint.clone()),
            ("  Keys", metadata.jwks_uri.clone()),
            ("  Userinfo", or(&metadata.userinfo_endpoint)),
            ("  Sign-out page", or(&metadata.end_session_endpoint)),
            ("  Takes", ways.join(", ")),
            ("  Scopes", if metadata.scopes.is_empty() { "it does not say".into() } else { metadata.scopes.join(" ") }),
            ("  Claims", if metadata.claims.is_empty() { "it does not say".into() } else { metadata.claims.join(" ") }),
        ]));
    }
    if look.client == Seen::Known {
        say("It knows us by this client and secret.");
    }
    if findings.is_empty() {
        say("Nothing is wrong.");
    }
    tell(findings);
}

fn seen(look: &Look) -> Value {
    let Ok(metadata) = &look.metadata else { return Value::Null };
    json!({
        "issuer": metadata.issuer,
        "authorization_endpoint": metadata.authorization_endpoint,
        "token_endpoint": metadata.token_endpoint,
        "jwks_uri": metadata.jwks_uri,
        "userinfo_endpoint": metadata.userinfo_endpoint,
        "end_session_endpoint": metadata.end_session_endpoint,
        "auth_methods": metadata.client_auth.iter().map(|way| way.name()).collect::<Vec<_>>(),
        "scopes": metadata.scopes,
        "claims": metadata.claims,
        "acr_values": metadata.acr_values,
    })
}

pub async fn failures(options: &Failures) -> anyhow::Result<()> {
    let (app, connection, told) = options.which.open().await?;
    let most = i64::from(options.most);
    let read = async |tx: &mut Tx| match &options.reference {
        Some(reference) => Ok(federation::failure_of(tx, &connection.id, reference).await?.into_iter().collect()),
        None => federation::failures_of(tx, &connection.id, most).await,
    };
    let found = app.db.read("federation.failures", read).await?;
    if options.which.json {
        let of = |one: &federation::ListedFailure| {
            json!({
                "reference": one.reference, "cause": one.cause.as_str(), "detail": one.detail, "at": one.at.to_text(),
                "times": one.times,
            })
        };
        say(json!(found.iter().map(of).collect::<Vec<_>>()));
    } else if found.is_empty() {
        say(format_args!("Nothing has gone wrong at {} lately.", told.id));
    } else {
        for one in &found {
            let at = Time::to_text(one.at);
            let again = if one.times > 1 { format!(" ({} times)", one.times) } else { String::new() };
            say(format_args!("{}  {at}  {:18} {}{again}", one.reference, one.cause.as_str(), one.detail));
        }
    }
    Ok(())
}
