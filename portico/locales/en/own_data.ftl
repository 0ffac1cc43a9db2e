# What people see of what is kept about them.
own-heading = What we know of you

# Products and consents
own-products = Products and consents
own-products-lead = These learn who you are when you open them.
own-products-yours = Allowed by you
own-products-theirs = Allowed by { $organization }
own-products-none = You have allowed nobody else’s product anything.
own-products-lives = Signed in
own-products-since = since
own-products-used = last used
own-products-withdrawn = Withdrawn. It was told, and asks you anew before it learns anything.
own-products-signed-out = You are signed out there. You are still signed in here.
own-product-yours = You have allowed { $client } to learn who you are. It belongs to somebody else.
own-product-theirs = { $organization } has allowed { $client } to learn who you are, so that it does not ask you.
own-product-since = Allowed since
own-product-used = Last used
own-product-unused = Not lately
own-product-learns = It learns
own-product-withdraw = Withdraw
own-product-withdraw-does = { $client } is signed out at once, wherever you are signed in there, and learns nothing more. What it has learned it may still know. Open it again, and it asks you anew.
own-product-leave = Sign Out of { $client }
own-product-leave-does = You are signed out of { $client } at once, wherever you are signed in there, and stay signed in here. Open it again, and you are back in.
own-product-who = Who can take it away
own-product-who-text = Only an administrator of your organization can take { $client } away from you, because your work there may depend on it.

# Terms accepted
own-terms = Terms accepted
own-terms-lead = What you have accepted, and when.
own-terms-none = You have not been asked to accept any terms.
own-terms-version = Terms, version { $version }
own-terms-today = Today’s
own-terms-accepted = Accepted
own-terms-gone = Its text is not kept here

# Download my data
download-heading = Download my data
download-lead = One file with everything we keep about you. It can be read by people and by programs (JSON).
download-has-account = your account, its names and addresses, your organization and your access
download-has-products = which products know you, what you have allowed, and the terms you have accepted
download-has-traces = your sessions and browsers, the mails we sent you, and what happened to your account
download-has-not = no password, no code and no answer: nobody can read these, not even we
download-hint = It is about you: keep it where only you can read it. We tell you by mail that it was downloaded. Up to { $times } times a day.
download-button = Download
download-often = You have downloaded your data several times today. Please come back tomorrow.

# Recent activity
activity-heading = Recent activity
activity-lead = What happened to your account in the last { $days } days, newest first.
activity-none = Nothing happened in this time.
activity-pages = More
activity-older = Older
activity-newest = Back to the newest
activity-not-me = It wasn’t me?

activity-by-you = by you
activity-by-administrator = by an administrator of { $organization }
activity-by-help-desk = by the help desk of { $brand }
activity-by-house = by those who run { $brand }
activity-by-program = by a program of { $organization }
activity-by-itself = by itself
activity-by-somebody = by somebody else

activity-signed-in = Signed in
activity-signed-out = Signed out
activity-not-let-in = Not let in, after the right password
activity-password-right = The right password was typed, and the sign-in was not finished
activity-temporary-right = The temporary password was typed, and the sign-in was not finished
activity-federation-right = Your organization’s sign-in page said who it is, and the sign-in was not finished
activity-password-wrong = A wrong password was typed
activity-code-wrong = A wrong code was typed
activity-locked = Sign-in was paused, after several wrong tries
activity-unlocked = Sign-in was opened again
activity-tried-on = Somebody went on trying while sign-in was paused
activity-password-reset = A new password was set, after a reset
activity-password-changed = A new password was set
activity-temporary-issued = A temporary password was mailed to you
activity-recovery = A new password was asked for
activity-user-name = The username was asked for
activity-help = “Help me sign in” was pressed
activity-support = The Contact Form was sent
activity-disputed = “It wasn’t me” was pressed, and everybody was signed out
activity-questions-changed = The security questions were set
activity-questions-cleared = The security questions were taken away
activity-questions-answered = The security questions were answered right
activity-questions-wrong = The security questions were answered wrong
activity-questions-locked = The security questions were paused, after wrong answers
activity-linked = The account was connected to your organization’s sign-in
activity-unlinked = The account was disconnected from your organization’s sign-in
activity-created = The account was made
activity-invited = You were invited to register
activity-named = The name was changed
activity-email-confirmed = The email address was confirmed
activity-email-code-wrong = A wrong verification code was typed
activity-email-changed = The email address was changed
activity-second-named = A second mailbox was named
activity-second-confirmed = The second mailbox was confirmed
activity-second-removed = The second mailbox was removed
activity-mailbox-confirmed = Somebody who reads your mail confirmed a reset
activity-mailboxes-paired = A reset was confirmed in both mailboxes
activity-mailbox-number-wrong = A wrong number was typed at a reset through two mailboxes
activity-terms = Version { $version } of the terms was accepted
activity-exported = Everything kept about you was downloaded
activity-disabled = The account was switched off
activity-enabled = The account was switched on
activity-access-granted = Access to a product was given
activity-access-requested = Access was asked for
activity-product-signed-in = Signed in to { $client }
activity-product-revoked = Signed out of { $client }, because what it was given was used a second time
activity-product-left = Signed out of { $client }
activity-consent = { $client } was allowed to learn who you are
activity-consent-withdrawn = { $client } may no longer learn who you are
activity-mail-refused = A mail to you could not be delivered
activity-mail-bounced = A mail to you came back
