//! The address, TLS, and the first connection.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, PoolError, RecyclingMethod, Runtime};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::error::with_cause;
use crate::OpenError;

/// A request waits this long for a connection before it is told to come back later.
const WAIT: Duration = Duration::from_secs(2);
/// For each host of the address.
const CONNECT: Duration = Duration::from_secs(2);
/// For all hosts together, with TLS and the password.
const CREATE: Duration = Duration::from_secs(8);
/// A server that vanished without a word (its machine lost power) is given up after this.
const SILENCE: Duration = Duration::from_secs(5);

/// What says BEGIN READ WRITE may write, and nothing else: a statement that was sent behind a BEGIN must not commit by itself.
const ONLY_IN_TRANSACTIONS: &str = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";

pub(super) fn pool(url: &str, connections: usize) -> Result<Pool, OpenError> {
    let config = config(url)?;
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = if config.get_ssl_mode() == SslMode::Disable {
        Manager::from_config(config, NoTls, recycling)
    } else {
        Manager::from_config(config, tls()?, recycling)
    };
    Pool::builder(manager)
        .max_size(connections.max(1))
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT))
        .create_timeout(Some(CREATE))
        .post_create(Hook::async_fn(|client, _| {
            Box::pin(async move { client.batch_execute(ONLY_IN_TRANSACTIONS).await.map_err(HookError::Backend) })
        }))
        .build()
        .map_err(|error| OpenError::Other(error.to_string()))
}

/// Connects once, so that a wrong address shows at the start.
pub(super) async fn verify(pool: &Pool) -> Result<(), OpenError> {
    let client = pool.get().await.map_err(explain)?;
    let row = client
        .query_one("SELECT current_setting('synchronous_commit')", &[])
        .await
        .map_err(|error| OpenError::Unreachable(with_cause(&error)))?;
    match row.try_get::<_, &str>(0) {
        Ok("off") => Err(OpenError::NotDurable),
        _ => Ok(()),
    }
}

fn config(url: &str) -> Result<Config, OpenError> {
    let named = url.contains("sslmode=");
    // Certificates are always verified, so these two mean no more than `require` here.
    let url = url.replace("sslmode=verify-full", "sslmode=require").replace("sslmode=verify-ca", "sslmode=require");
    let mut config: Config = url.parse().map_err(|error| OpenError::Malformed(with_cause(&error)))?;
    if !named {
        config.ssl_mode(if config.get_hosts().iter().all(on_this_machine) {
            SslMode::Disable
        } else {
            SslMode::Require
        });
    }
    // A write must never reach a standby, nor a primary that has been replaced.
    if config.get_target_session_attrs() == TargetSessionAttrs::Any {
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
        config.keepalives_idle(SILENCE);
        config.keepalives_interval(Duration::from_secs(1));
        config.keepalives_retries(3);
    }
    if config.get_application_name().is_none() {
        config.application_name("portico");
    }
    Ok(config)
}

fn on_this_machine(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

fn tls() -> Result<MakeRustlsConnect, OpenError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| OpenError::Tls(error.to_string()))?
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn explain(error: PoolError) -> OpenError {
    let PoolError::Backend(error) = error else {
        return OpenError::Unreachable(error.to_string());
    };
    match error.code() {
        Some(code) if *code == SqlState::INVALID_PASSWORD || *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            OpenError::Credentials
        }
        Some(code) if *code == SqlState::INVALID_CATALOG_NAME => OpenError::NoSuchDatabase,
        // The library keeps the kind to itself but always says this word.
        None if error.to_string().contains("TLS") => OpenError::Tls(with_cause(&error)),
        _ => OpenError::Unreachable(with_cause(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_is_left_out_only_on_this_machine_or_on_request() {
        for (url, mode) in [
            ("postgres://u@localhost/d", SslMode::Disable),
            ("postgres://u@127.0.0.1,[::1]/d", SslMode::Disable),
            ("postgres://u@db.example/d", SslMode::Require),
            ("postgres://u@localhost,db.example/d", SslMode::Require),
            ("postgres://u@localhost.example/d", SslMode::Require),
            ("postgres://u@db.example/d?sslmode=disable", SslMode::Disable),
            ("postgres://u@localhost/d?sslmode=verify-full", SslMode::Require),
        ] {
            assert_eq!(config(url).unwrap().get_ssl_mode(), mode, "{url}");
        }
    }

    #[test]
    fn a_server_that_may_not_write_is_passed_over_unless_wanted() {
        let wanted = |url| config(url).unwrap().get_target_session_attrs();
        assert_eq!(wanted("postgres://u@a,b/d"), TargetSessionAttrs::ReadWrite);
        assert_eq!(wanted("postgres://u@a,b/d?target_session_attrs=read-only"), TargetSessionAttrs::ReadOnly);
    }
}
