//! What a product comes for, as requests and as answers that are looked at.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use oidc::id_token::hint;
use oidc::jose::Algorithm;
use oidc::params::encoded;
use oidc::pkce::Challenge;
use oidc::rp::{Expected, id_token};
use portico::platform::clock::Clock;
use serde_json::Value;

use super::party::{CLIENT, Party, REDIRECT};
use crate::client::{Answer, Connection};
use crate::load;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    CodeFlow,
    ClientCredentials,
    Refresh,
    Introspection,
    Userinfo,
    Keys,
    Discovery,
    SignInPage,
}

impl Errand {
    pub const ALL: [Errand; 8] = [
        Errand::CodeFlow,
        Errand::ClientCredentials,
        Errand::Refresh,
        Errand::Introspection,
        Errand::Userinfo,
        Errand::Keys,
        Errand::Discovery,
        Errand::SignInPage,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Errand::CodeFlow => "code flow",
            Errand::ClientCredentials => "client_credentials",
            Errand::Refresh => "refresh",
            Errand::Introspection => "introspection",
            Errand::Userinfo => "userinfo",
            Errand::Keys => "JWKS",
            Errand::Discovery => "discovery",
            Errand::SignInPage => "sign-in page",
        }
    }

    /// Whether an ID token is part of the answer.
    pub fn signs(self) -> bool {
        matches!(self, Errand::CodeFlow | Errand::Refresh)
    }

    /// The course it takes for somebody who has just signed in at the product.
    pub fn begin(self, party: &Arc<Party>, flow: Flow, tokens: Tokens) -> Course {
        let posted = |path, form: &str| post(path, &party.basic, form);
        let page = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept: text/html\r\n\r\n").into_bytes();
        let same = |request, part| Course::Same { exchanges: vec![Exchange { request, status: 200, part }], at: 0 };
        let Tokens { access, refresh } = tokens;
        match self {
            Errand::CodeFlow => Course::Flow(Box::new(flow)),
            Errand::ClientCredentials => {
                same(posted("/oauth2/token", "grant_type=client_credentials&scope=access"), "\"access_token\":")
            }
            Errand::Refresh => Course::Refresh { party: Arc::clone(party), token: refresh },
            Errand::Introspection => same(posted("/oauth2/introspect", &format!("token={access}")), "\"active\":true"),
            Errand::Userinfo => {
                let head = "GET /oauth2/userinfo HTTP/1.1\r\nhost: bench\r\n";
                same(format!("{head}authorization: Bearer {access}\r\n\r\n").into_bytes(), "\"email\":")
            }
            Errand::Keys => same(page("/oauth2/jwks"), "\"kid\":"),
            Errand::Discovery => same(page("/.well-known/openid-configuration"), "\"issuer\":"),
            Errand::SignInPage => same(page("/sign-in"), "<!doctype html>"),
        }
    }
}

fn post(path: &str, basic: &str, form: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\nauthorization: {basic}\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}

/// A request that is the same every time, and what a good answer has.
#[derive(Clone)]
pub struct Exchange {
    request: Vec<u8>,
    status: u16,
    part: &'static str,
}

impl Exchange {
    /// The same request at the bare route that answers the same.
    pub fn bare(request: &[u8], answer: &Answer<'_>, number: usize) -> Result<Exchange> {
        let request = std::str::from_utf8(request)?;
        let (method, rest) = request.split_once(' ').context("no request")?;
        let (target, rest) = rest.split_once(' ').context("no request")?;
        let query = target.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
        let request = format!("{method} /{number}{query} {rest}").into_bytes();
        Ok(Exchange { request, status: answer.status(), part: "" })
    }
}

/// What a product was given.
pub struct Tokens {
    access: String,
    refresh: String,
}

impl Tokens {
    fn read(answer: &Answer<'_>) -> Result<(Tokens, String)> {
        let told: Value = serde_json::from_slice(answer.body)?;
        ensure!(answer.status() == 200, "the token endpoint answered {}: {told}", answer.status());
        let text = |name| told.get(name).and_then(Value::as_str).map(str::to_owned).context("a token is missing");
        Ok((Tokens { access: text("access_token")?, refresh: text("refresh_token")? }, text("id_token")?))
    }
}

/// One sign-in at the product after the other, by somebody whom the provider knows already.
pub struct Flow {
    party: Arc<Party>,
    cookie: String,
    /// Makes state, nonce and verifier of each flow its own.
    number: u64,
    /// Between the two exchanges.
    code: Option<String>,
}

impl Flow {
    pub fn new(party: &Arc<Party>, cookie: String, number: u64) -> Flow {
        Flow { party: Arc::clone(party), cookie, number, code: None }
    }

    fn verifier(&self) -> String {
        format!("{:043}", self.number)
    }

    fn ask(&self) -> Result<Vec<u8>> {
        let (redirect, verifier) = (encoded(REDIRECT), self.verifier());
        if let Some(code) = &self.code {
            let form =
                format!("grant_type=authorization_code&code={code}&redirect_uri={redirect}&code_verifier={verifier}");
            return Ok(post("/oauth2/token", &self.party.basic, &form));
        }
        let challenge = Challenge::of(&verifier).context("no verifier")?.to_text();
        Ok(format!(
            "GET /oauth2/authorize?response_type=code&client_id={CLIENT}&redirect_uri={redirect}\
             &scope=openid%20profile%20email%20access&state=s{0}&nonce=n{0}&code_challenge={challenge}\
             &code_challenge_method=S256 HTTP/1.1\r\nhost: bench\r\nuser-agent: Mozilla/5.0 (X11; Linux x86_64) bench\r\n\
             accept: text/html\r\nsec-fetch-site: cross-site\r\ncookie: {1}\r\n\r\n",
            self.number, self.cookie
        )
        .into_bytes())
    }

    /// The tokens, when it was the second answer.
    fn hear(&mut self, answer: &Answer<'_>) -> Result<Option<Tokens>> {
        if self.code.take().is_none() {
            let location = answer.header("location").unwrap_or_default();
            let (to, query) = location.split_once('?').unwrap_or_default();
            let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            let good = to == REDIRECT
                && value("state") == Some(&format!("s{}", self.number))
                && value("iss") == Some(&encoded(&self.party.issuer));
            ensure!(good, "the authorization endpoint answered {} {location:?}", answer.status());
            self.code = Some(value("code").context("no code")?.to_owned());
            return Ok(None);
        }
        let (tokens, id_token) = Tokens::read(answer)?;
        self.party.verify(&id_token, &format!("n{}", self.number))?;
        self.number += 1;
        Ok(Some(tokens))
    }

    pub async fn sign_in(&mut self, connection: &mut Connection) -> Result<Tokens> {
        loop {
            let request = self.ask()?;
            if let Some(tokens) = self.hear(&connection.exchange(&request).await?)? {
                return Ok(tokens);
            }
        }
    }
}

impl Party {
    fn verify(&self, id_token: &str, nonce: &str) -> Result<()> {
        let expected = Expected {
            issuer: &self.issuer,
            client_id: CLIENT,
            nonce,
            max_age: None,
            access_token: None,
            algorithms: &Algorithm::ALL,
            now: Clock::system().now().seconds(),
        };
        id_token::verify(id_token, &self.published, &expected)?;
        Ok(())
    }

    /// It answers no request of a browser, so that it has no nonce.
    fn verify_refreshed(&self, id_token: &str) -> Result<()> {
        ensure!(hint(id_token, &self.keys, &self.issuer)?.audience == CLIENT, "the ID token is for somebody else");
        Ok(())
    }
}

/// One exchange after the other. What the next one asks may depend on what the last one has answered.
pub enum Course {
    Same { exchanges: Vec<Exchange>, at: usize },
    Flow(Box<Flow>),
    Refresh { party: Arc<Party>, token: String },
}

impl Course {
    fn ask(&self) -> Result<Vec<u8>> {
        match self {
            Course::Same { exchanges, at } => Ok(exchanges.get(*at).context("no request")?.request.clone()),
            Course::Flow(flow) => flow.ask(),
            Course::Refresh { party, token } => {
                let form = format!("grant_type=refresh_token&refresh_token={token}");
                Ok(post("/oauth2/token", &party.basic, &form))
            }
        }
    }

    /// True at the end of the course, which then begins anew.
    fn hear(&mut self, answer: &Answer<'_>) -> Result<bool> {
        match self {
            Course::Same { exchanges, at } => {
                let Exchange { status, part, .. } = exchanges.get(*at).context("no request")?;
                let good = answer.status() == *status && std::str::from_utf8(answer.body)?.contains(part);
                ensure!(good, "answered {} without {part:?}", answer.status());
                *at = (*at + 1) % exchanges.len();
                Ok(*at == 0)
            }
            Course::Flow(flow) => Ok(flow.hear(answer)?.is_some()),
            Course::Refresh { party, token } => {
                let (tokens, id_token) = Tokens::read(answer)?;
                party.verify_refreshed(&id_token)?;
                *token = tokens.refresh;
                Ok(true)
            }
        }
    }
}

/// Somebody who takes one course again and again, on one connection.
pub struct Visitor {
    connection: Connection,
    course: Course,
}

impl Visitor {
    pub fn new(connection: Connection, course: Course) -> Visitor {
        Visitor { connection, course }
    }

    /// Takes it once, and tells each request with its answer.
    pub async fn once(&mut self, mut told: impl FnMut(&[u8], &Answer<'_>) -> Result<()>) -> Result<()> {
        loop {
            let request = self.course.ask()?;
            let answer = self.connection.exchange(&request).await?;
            told(&request, &answer)?;
            if self.course.hear(&answer)? {
                return Ok(());
            }
        }
    }
}

impl load::Visitor for Visitor {
    async fn visit(&mut self) -> Result<()> {
        self.once(|_, _| Ok(())).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bare_route_is_asked_the_same_at_an_address_of_its_own() {
        let answer = Answer { head: "HTTP/1.1 303 See Other\r\n\r\n", body: b"" };
        let exchange = Exchange::bare(b"GET /oauth2/authorize?a=b HTTP/1.1\r\n\r\n", &answer, 7).unwrap();
        assert_eq!((exchange.status, exchange.request.as_slice()), (303, b"GET /7?a=b HTTP/1.1\r\n\r\n".as_slice()));
    }
}
