//! What a product asks its issuer, through the client library: discovery, the way to the door, tokens, userinfo.

use std::pin::Pin;
use std::time::{Duration, SystemTime};

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessToken, AdditionalClaims, AsyncHttpClient, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdToken,
    IdTokenFields, IssuerUrl, LoginHint, LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, RefreshToken, Scope,
    StandardErrorResponse, StandardTokenResponse, SubjectIdentifier, TokenResponse, UserInfoClaims,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use super::member::{Person, Tokens};
use super::sessions::Waiting;
use super::trouble::Trouble;
use super::{CALLBACK, SIGNED_OUT};
use crate::platform::clock::{Clock, Time};
use crate::platform::entropy::Entropy;
use crate::platform::outgoing::{Failed, Outgoing};

const SCOPES: [&str; 4] = ["profile", "email", "access", "products"];
/// How long what discovery said is believed; keys change more seldom, and a new one is published before it signs.
const BELIEVED: Duration = Duration::from_secs(300);
/// Where something is signed by a key that is not known, and no sooner.
const LOOKS_AGAIN: Duration = Duration::from_secs(30);

/// The claim of ID tokens that a logout token refers to, which the library does not know.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Sid {
    sid: Option<String>,
}
impl AdditionalClaims for Sid {}
impl AdditionalClaims for Person {}

type Fields = IdTokenFields<
    Sid,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Answer = StandardTokenResponse<Fields, CoreTokenType>;
type OurIdToken = IdToken<Sid, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type OurClient = Client<
    Sid,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What was agreed with the issuer.
pub struct Registration {
    pub issuer: String,
    pub client: &'static str,
    pub secret: String,
    /// The product's own address, with a slash at the end.
    pub home: String,
    pub way: Outgoing,
    pub clock: Clock,
}

pub struct Issuer {
    registration: Registration,
    way: Way,
    known: tokio::sync::Mutex<Option<(Time, ProviderMetadataWithLogout)>>,
}

/// The library's requests go out as all of ours do: no second HTTP client, no second TLS.
struct Way(Outgoing);

impl<'c> AsyncHttpClient<'c> for Way {
    type Error = Failed;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failed>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move { Ok(self.0.send(request).await?.map(|body| body.to_vec())) })
    }
}

/// Who came back, and with what.
pub struct Arrived {
    pub sub: String,
    pub sid: Option<String>,
    pub tokens: Tokens,
}

impl Issuer {
    pub fn new(registration: Registration) -> Issuer {
        Issuer { way: Way(registration.way.clone()), registration, known: tokio::sync::Mutex::default() }
    }

    pub fn url(&self) -> &str {
        &self.registration.issuer
    }

    pub fn client_id(&self) -> &str {
        self.registration.client
    }

    pub fn way(&self) -> &Outgoing {
        &self.registration.way
    }

    pub fn now(&self) -> Time {
        self.registration.clock.now()
    }

    /// What the issuer says of itself, with its keys.
    pub async fn metadata(&self) -> Result<ProviderMetadataWithLogout, Trouble> {
        let mut known = self.known.lock().await;
        if let Some((read, metadata)) = known.as_ref()
            && self.now().since(*read) < BELIEVED
        {
            return Ok(metadata.clone());
        }
        let url = IssuerUrl::new(self.registration.issuer.clone()).map_err(Trouble::away)?;
        let metadata = ProviderMetadataWithLogout::discover_async(url, &self.way).await.map_err(Trouble::away)?;
        *known = Some((self.now(), metadata.clone()));
        Ok(metadata)
    }

    /// Looks again the next time, unless it has just looked: who sends what does not hold must not make it ask each time.
    pub async fn forget(&self) {
        self.known.lock().await.take_if(|(read, _)| self.now().since(*read) >= LOOKS_AGAIN);
    }

    async fn client(&self) -> Result<OurClient, Trouble> {
        let metadata = self.metadata().await?;
        let Registration { client, secret, home, .. } = &self.registration;
        let redirect = RedirectUrl::new(format!("{home}{CALLBACK}")).map_err(Trouble::away)?;
        let (id, secret) = (ClientId::new((*client).to_owned()), ClientSecret::new(secret.clone()));
        Ok(Client::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(redirect))
    }

    /// The way to the door, and what the answer will be judged by.
    pub async fn begin(
        &self,
        entropy: &Entropy,
        page: &'static str,
        hint: Option<String>,
    ) -> Result<(String, Waiting), Trouble> {
        let client = self.client().await?;
        let secret = || entropy.token().expose_secret().to_owned();
        let (state, nonce, verifier) = (secret(), secret(), secret());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let waiting = Waiting { state, nonce, verifier, page, since: self.now() };
        let (sent, expected) = (CsrfToken::new(waiting.state.clone()), Nonce::new(waiting.nonce.clone()));
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || sent, move || expected)
            .add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge);
        if let Some(hint) = hint {
            request = request.set_login_hint(LoginHint::new(hint));
        }
        Ok((request.url().0.to_string(), waiting))
    }

    /// Redeems a code, and verifies the ID token that comes with it.
    pub async fn redeem(&self, code: String, waiting: &Waiting) -> Result<Arrived, Trouble> {
        let client = self.client().await?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(Trouble::away)?
            .set_pkce_verifier(PkceCodeVerifier::new(waiting.verifier.clone()))
            .request_async(&self.way)
            .await
            .map_err(Trouble::refused)?;
        let id_token = answer.id_token().ok_or_else(|| Trouble::refused("there is no ID token"))?;
        let clock = self.registration.clock.clone();
        // The demo's clock may be ahead of this machine's.
        let verifier = client.id_token_verifier().set_time_fn(move || instant(clock.now()).into());
        let claims = match id_token.claims(&verifier, &Nonce::new(waiting.nonce.clone())) {
            Ok(claims) => claims,
            Err(error) => {
                // Keys may have been withdrawn since they were read: the next try looks again.
                self.forget().await;
                return Err(Trouble::refused(error));
            }
        };
        Ok(Arrived {
            sub: claims.subject().to_string(),
            sid: claims.additional_claims().sid.clone(),
            tokens: self.tokens(&answer, Some(id_token)).ok_or_else(|| Trouble::refused("tokens are missing"))?,
        })
    }

    /// Changes a refresh token for the next tokens; `None` when the issuer says that this is over.
    pub async fn refresh(&self, old: &Tokens) -> Result<Option<Tokens>, Trouble> {
        let client = self.client().await?;
        let token = RefreshToken::new(old.refresh.clone());
        let request = client.exchange_refresh_token(&token).map_err(Trouble::away)?;
        match request.request_async(&self.way).await {
            Ok(answer) => {
                let next = self.tokens(&answer, answer.id_token());
                Ok(next.map(|next| if next.id.is_empty() { Tokens { id: old.id.clone(), ..next } } else { next }))
            }
            Err(openidconnect::RequestTokenError::ServerResponse(_)) => Ok(None),
            Err(error) => Err(Trouble::away(error)),
        }
    }

    fn tokens(&self, answer: &Answer, id: Option<&OurIdToken>) -> Option<Tokens> {
        Some(Tokens {
            access: answer.access_token().secret().clone(),
            expires_at: self.now() + answer.expires_in()?,
            refresh: answer.refresh_token()?.secret().clone(),
            id: id.map(ToString::to_string).unwrap_or_default(),
        })
    }

    /// Who it is, and what they are here: name, organization, sites, roles.
    pub async fn person(&self, access: &str, sub: &str) -> Result<Person, Trouble> {
        let client = self.client().await?;
        let expected = SubjectIdentifier::new(sub.to_owned());
        let request = client.user_info(AccessToken::new(access.to_owned()), Some(expected)).map_err(Trouble::away)?;
        let claims: UserInfoClaims<Person, CoreGenderClaim> =
            request.request_async(&self.way).await.map_err(Trouble::away)?;
        let name = claims.standard_claims().name().and_then(|names| names.get(None));
        let name = name.map(|name| name.to_string()).unwrap_or_default();
        Ok(Person { shown: name, ..claims.additional_claims().clone() })
    }

    /// Where a person goes to sign out everywhere, and then comes back. Without an ID token they are asked there first.
    pub async fn sign_out(&self, id_token: Option<&str>) -> Result<String, Trouble> {
        let metadata = self.metadata().await?;
        let Registration { client, home, .. } = &self.registration;
        let end = metadata.additional_metadata().end_session_endpoint.clone();
        let end = end.ok_or_else(|| Trouble::away("there is no way to sign out"))?;
        let back = PostLogoutRedirectUrl::new(format!("{home}{SIGNED_OUT}")).map_err(Trouble::away)?;
        let mut request = LogoutRequest::from(end)
            .set_client_id(ClientId::new((*client).to_owned()))
            .set_post_logout_redirect_uri(back);
        if let Some(id_token) = id_token {
            let hint: OurIdToken = id_token.parse().map_err(Trouble::away)?;
            request = request.set_id_token_hint(&hint);
        }
        Ok(request.http_get_url().to_string())
    }
}

fn instant(time: Time) -> SystemTime {
    SystemTime::UNIX_EPOCH + time.since(Time::from_seconds(0))
}
