//! An organization's identity provider, as a story wants it to be: right, wrong, slow, or somebody's who means harm.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::BASE64;
use oidc::jose::{self, Algorithm, JwkSet, SigningKey};
use oidc::logout::LogoutToken;
use oidc::pkce::Challenge;
use portico::federation::{self, Claims, ClientAuth, Oidc, Protocol, Settings};
use portico::organizations;
use portico::platform::clock::Clock;
use portico::platform::ids::ConnectionId;
use serde_json::{Map, Value, json};
use store::Tx;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::app::TestApp;
use super::page::Page;
use super::world::PUBLIC_URL;

pub const CLIENT: &str = "portico";
pub const SECRET: &str = "a secret of ours: 100%";

/// Clones are the same identity provider.
#[derive(Clone)]
pub struct Idp(Arc<Shared>);

struct Shared {
    issuer: String,
    clock: Clock,
    script: Mutex<Script>,
}

type Change = Arc<dyn Fn(&mut Map<String, Value>) + Send + Sync>;

/// How it behaves from now on.
pub struct Script {
    /// Signs with this one.
    pub key: Arc<SigningKey>,
    /// Publishes these.
    pub published: Vec<Arc<SigningKey>>,
    /// Takes the question, and never answers.
    pub hangs: bool,
    /// Keeps the next code until it is told to go on.
    pub holds: Option<Arc<Notify>>,
    /// What its metadata, its ID tokens and its userinfo say instead.
    pub metadata: Change,
    pub id_token: Change,
    pub userinfo: Change,
    /// What its token endpoint answers instead.
    pub token: Option<(u16, Value)>,
    codes: HashMap<String, Issued>,
    /// How often each of its addresses was asked.
    asked: BTreeMap<&'static str, usize>,
    made: usize,
}

struct Issued {
    query: BTreeMap<String, String>,
    claims: Map<String, Value>,
}

/// A key of its own.
pub fn key() -> Arc<SigningKey> {
    let pkcs8 = SigningKey::generate(Algorithm::Es256).unwrap();
    Arc::new(SigningKey::from_pkcs8(Algorithm::Es256, &pkcs8).unwrap())
}

fn nothing() -> Change {
    Arc::new(|_| ())
}

/// Says this claim instead, in whatever it is given to.
pub fn saying(name: &str, value: impl Into<Value>) -> Change {
    let (name, value) = (name.to_owned(), value.into());
    Arc::new(move |claims| {
        claims.insert(name.clone(), value.clone());
    })
}

/// Somebody there.
pub fn person(sub: &str, email: &str) -> Map<String, Value> {
    let claims = json!({ "sub": sub, "email": email, "given_name": "Lee", "family_name": "Castillo" });
    claims.as_object().unwrap().clone()
}

impl Idp {
    pub async fn start(app: &TestApp) -> Idp {
        Idp::start_by(app.clock().clone()).await
    }

    /// The same for nodes that run by another clock.
    pub async fn start_by(clock: Clock) -> Idp {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let key = key();
        let script = Script {
            published: vec![key.clone()],
            key,
            hangs: false,
            holds: None,
            metadata: nothing(),
            id_token: nothing(),
            userinfo: nothing(),
            token: None,
            codes: HashMap::new(),
            asked: BTreeMap::new(),
            made: 0,
        };
        let issuer = format!("http://{}", socket.local_addr().unwrap());
        let idp = Idp(Arc::new(Shared { issuer, clock, script: Mutex::new(script) }));
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(idp.clone());
        tokio::spawn(async move { axum::serve(socket, routes).await.unwrap() });
        idp
    }

    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    pub fn behave(&self, change: impl FnOnce(&mut Script)) {
        change(&mut self.script());
    }

    /// How often one of its addresses was asked.
    pub fn asked(&self, what: &str) -> usize {
        self.script().asked.get(what).copied().unwrap_or(0)
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.script.lock().unwrap()
    }

    /// What an operator enters for it.
    pub fn settings(&self) -> Settings {
        let oidc = Oidc {
            issuer: self.issuer().into(),
            client_id: CLIENT.into(),
            auth: ClientAuth::SecretBasic,
            secret: None,
            secret_expires_at: None,
            scopes: "openid email profile".into(),
            claims: Claims::default(),
            mfa_acr: vec!["urn:lakeshore:two".into()],
        };
        Settings::new("Lakeshore ID", Protocol::Oidc(oidc))
    }

    /// Makes a connection of it, switched on for everybody of the domain.
    pub async fn connect(&self, app: &TestApp, id: &str, organization: &str, domain: &str) -> ConnectionId {
        self.connect_with(app, id, organization, domain, |_| ()).await
    }

    pub async fn connect_with(
        &self,
        app: &TestApp,
        id: &str,
        organization: &str,
        domain: &str,
        change: impl FnOnce(&mut Settings),
    ) -> ConnectionId {
        let id = ConnectionId::from(id);
        let mut settings = self.settings();
        let Protocol::Oidc(oidc) = &mut settings.protocol;
        oidc.secret = Some(federation::seal_secret(&app.app().keys, &id, SECRET.as_bytes()));
        change(&mut settings);
        let write = async |tx: &mut Tx| {
            let organization = organizations::by_slug(tx, organization).await?.unwrap().id;
            federation::insert_connection(tx, &id, &organization, &settings).await?;
            federation::set_state(tx, &id, federation::State::On).await?;
            federation::lead_domain(tx, &organization, domain, Some(&id)).await
        };
        app.app().db.write("story.connect", write).await.unwrap();
        id
    }

    /// What the browser was sent here with.
    #[track_caller]
    pub fn asked_by(&self, away: &Page) -> BTreeMap<String, String> {
        let address = away.leads_to().unwrap_or_else(|| panic!("{} stays here:\n{}", away.path(), away.text()));
        let (endpoint, query) = address.split_once('?').expect("a query");
        assert_eq!(endpoint, format!("{}/authorize", self.issuer()));
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// Signs somebody in there: the path that the browser is sent back to.
    #[track_caller]
    pub fn answer(&self, away: &Page, claims: Map<String, Value>) -> String {
        let query = self.asked_by(away);
        let mut script = self.script();
        script.made += 1;
        let code = format!("code-{}", script.made);
        let back = [("code", code.as_str()), ("state", &query["state"]), ("iss", self.issuer())];
        let path = path(&query["redirect_uri"], &back);
        script.codes.insert(code, Issued { query, claims });
        path
    }

    /// Sends the browser back without.
    #[track_caller]
    pub fn refuse(&self, away: &Page, error: &str) -> String {
        let query = self.asked_by(away);
        path(&query["redirect_uri"], &[("error", error), ("state", &query["state"]), ("iss", self.issuer())])
    }

    /// What it posts when somebody has signed out there.
    pub fn logout_token(&self, sub: &str, sid: Option<&str>, jti: &str) -> String {
        let token = LogoutToken { iss: self.issuer(), aud: CLIENT, sub, sid, jti, now: self.0.clock.now().seconds() };
        token.sign(&self.script().key).unwrap()
    }
}

fn path(redirect_uri: &str, answer: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(answer).finish();
    format!("{}?{query}", redirect_uri.strip_prefix(PUBLIC_URL).expect("an address of ours"))
}

/// Counts the question; where it hangs there is no answer to it.
async fn asked(idp: &Idp, what: &'static str) {
    let hangs = {
        let mut script = idp.script();
        *script.asked.entry(what).or_default() += 1;
        script.hangs
    };
    if hangs {
        std::future::pending::<()>().await;
    }
}

async fn metadata(State(idp): State<Idp>) -> Json<Value> {
    asked(&idp, "metadata").await;
    let issuer = idp.issuer();
    let told = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "end_session_endpoint": format!("{issuer}/end"),
        "authorization_response_iss_parameter_supported": true,
        "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "backchannel_logout_supported": true,
    });
    let mut told = told.as_object().unwrap().clone();
    (idp.script().metadata.clone())(&mut told);
    Json(told.into())
}

async fn jwks(State(idp): State<Idp>) -> Json<Value> {
    asked(&idp, "jwks").await;
    let keys = idp.script().published.iter().map(|key| key.jwk()).collect();
    Json(serde_json::to_value(JwkSet { keys }).unwrap())
}

async fn token(State(idp): State<Idp>, headers: HeaderMap, body: String) -> Response {
    asked(&idp, "token").await;
    let holds = idp.script().holds.take();
    if let Some(go_on) = holds {
        go_on.notified().await;
    }
    let form: BTreeMap<String, String> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let script = idp.script();
    if let Some((status, answer)) = &script.token {
        return (StatusCode::from_u16(*status).unwrap(), Json(answer.clone())).into_response();
    }
    let refused = |why: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let basic = BASE64.encode(format!("{}:{}", encode(CLIENT), encode(SECRET).replace('+', "%20")).as_bytes());
    let basic_plus = BASE64.encode(format!("{}:{}", encode(CLIENT), encode(SECRET)).as_bytes());
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if shown != format!("Basic {basic}") && shown != format!("Basic {basic_plus}") {
        return refused("invalid_client");
    }
    drop(script);
    // A code works once.
    let Some(issued) = idp.script().codes.remove(&form["code"]) else { return refused("invalid_grant") };
    let challenge = Challenge::of(&form["code_verifier"]).unwrap().to_text();
    if issued.query["code_challenge"] != challenge || issued.query["redirect_uri"] != form["redirect_uri"] {
        return refused("invalid_grant");
    }
    let now = idp.0.clock.now().seconds();
    let mut claims = issued.claims.clone();
    let own =
        json!({ "iss": idp.issuer(), "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": issued.query["nonce"] });
    claims.extend(own.as_object().unwrap().clone());
    let access_token = format!("access-{}", form["code"]);
    let mut script = idp.script();
    (script.id_token.clone())(&mut claims);
    let id_token = jose::sign(&script.key, "JWT", &claims).unwrap();
    script.codes.insert(access_token.clone(), issued);
    Json(json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": 300, "id_token": id_token }))
        .into_response()
}

async fn userinfo(State(idp): State<Idp>, headers: HeaderMap) -> Response {
    asked(&idp, "userinfo").await;
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let script = idp.script();
    let Some(issued) = shown.strip_prefix("Bearer ").and_then(|token| script.codes.get(token)) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let mut claims = issued.claims.clone();
    (script.userinfo.clone())(&mut claims);
    Json(Value::from(claims)).into_response()
}
