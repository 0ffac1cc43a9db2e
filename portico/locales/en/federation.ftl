# On the way to an organization's own sign-in and back. { $name } is what its people call that.
federation-not-you = It is not you: this sign-in page is failing for several people right now.

federation-failed-again = Try again
federation-failed-choose = Choose another account there
federation-failed-go-on = Continue as { $name }
federation-failed-ask = Please ask the service desk or IT department of your organization.

federation-failed-no-account-here-heading = You have no account here yet
federation-failed-no-account-here-text = { $name } has told us who you are, and no account here is yours.
federation-failed-no-account-here-advice = Somebody has to give you access first. If you have another account there, choose that one.

federation-failed-not-who-was-typed-heading = That is somebody else
federation-failed-not-who-was-typed-text = { $name } says that somebody else is signed in there than the person whose name was typed here.
federation-failed-not-who-was-typed-advice = If this is a shared computer, another person may still be signed in. Choose your own account there, or go on as the person who is signed in.

federation-failed-says-no-heading = { $name } did not let you in
federation-failed-says-no-text = You were sent back without an answer that lets you in. You may have turned back there, or you may not use this service.
federation-failed-says-no-advice = Try again. If the same happens, the service desk of your organization can see why.

federation-failed-clock-off-heading = Two clocks disagree
federation-failed-clock-off-text = The clock of { $name } and ours differ by more than a minute, so its answer looks too old or too new to be safe.
federation-failed-clock-off-advice = There is nothing you can do about it. Please tell the service desk of your organization, and try again later.

federation-failed-signature-unknown-heading = We could not check the answer
federation-failed-signature-unknown-text = The answer of { $name } is signed with a key that we do not know.
federation-failed-signature-unknown-advice = This happens when it has just changed its keys. Try again in a few minutes; if it stays like this, please tell the service desk of your organization.

federation-failed-not-answering-heading = { $name } does not answer
federation-failed-not-answering-text = We asked it who you are, and got no answer that we could use in time.
federation-failed-not-answering-advice = Your account is fine. Wait a minute, then try again.

federation-failed-wrong-answer-heading = The answer did not fit
federation-failed-wrong-answer-text = What came back from { $name } was not the answer to this sign-in, so we did not use it.
federation-failed-wrong-answer-advice = Try again from here, without the Back button of your browser. If the same happens, please tell the service desk of your organization.

federation-failed-expired-heading = This page is out of date
federation-failed-expired-text = The answer belongs to a sign-in that is over, or that was begun in another browser.
federation-failed-expired-advice = Nothing was lost. Please begin again.

federation-failed-foreign-email-heading = That email address cannot be used here
federation-failed-foreign-email-text = { $name } has told us an email address that does not belong to your organization, or that is somebody else's here.
federation-failed-foreign-email-advice = If you have another account there, choose that one. Otherwise the service desk of your organization has to correct the address.

federation-failed-already-linked-heading = Your account here belongs to another sign-in
federation-failed-already-linked-text = The account with your email address is already connected to another person at { $name }, or to an older account of yours there.
federation-failed-already-linked-advice = Somebody has to check which of the two is yours, and connect the account anew.

federation-failed-not-by-email-heading = Your account has to be connected first
federation-failed-not-by-email-text = { $name } has told us who you are. You look after other people’s accounts here, so an email address alone does not connect yours.
federation-failed-not-by-email-advice = This is done once, by hand. Please ask whoever helps you below, and tell the reference.

federation-failed-not-set-up-heading = This sign-in page is not set up right
federation-failed-not-set-up-text = { $name } and we do not understand each other: something in the settings, there or here, does not fit.
federation-failed-not-set-up-advice = There is nothing you can do about it. Please tell the service desk of your organization.

federation-with-lead = This link leads to { $name }, the sign-in page of { $organization }. Type your email or username, and you are sent there.

# The page for an organization's IT, which registers us at its identity provider
federation-setup-heading = Connecting { $organization } to { $brand }
federation-setup-lead = Your people are to sign in to { $brand } where they sign in already. These are the values your identity provider asks for. Nothing on this page is secret.
federation-setup-step-register = Register a web application with OpenID Connect (authorization code) at your identity provider, with the values below.
federation-setup-step-assign = Let the people in who are to use it.
federation-setup-step-send = Tell whoever sets this up with you the issuer, the client ID, and, not by mail, the client secret and the day it ends.
federation-setup-values = What to enter
federation-setup-copy = Copy
federation-setup-copied = Copied
federation-setup-redirect = Redirect URI
federation-setup-redirect-hint = Also called reply URL, callback URL or sign-in redirect URI.
federation-setup-signed-out = Post-logout redirect URI
federation-setup-signed-out-hint = Also called sign-out redirect URI or logout callback.
federation-setup-logout = Back-channel logout URI
federation-setup-logout-hint = Where your identity provider tells us that somebody has signed out. Leave it out if it has no such field.
federation-setup-jwks = JWKS URI
federation-setup-jwks-hint = The public key by which your identity provider knows us.
federation-setup-auth = Client authentication
federation-setup-auth-hint = Also called token endpoint authentication method.
federation-setup-scopes = Scopes
federation-setup-scopes-hint = What we ask for.
federation-setup-claims = What we read
federation-setup-claims-lead = Your identity provider tells us these claims about each person. Where several are named, the first that is there counts.
federation-setup-claim-email = Email
federation-setup-claim-verified = That the email is verified
federation-setup-claim-first-name = First name
federation-setup-claim-last-name = Last name
federation-setup-claim-user-name = User name
federation-setup-claim-roles = Roles
