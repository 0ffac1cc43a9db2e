# The end of every mail.
mail-footer = You get this mail because of something that was done at { $url }.
mail-support = Need a person? { $support }
mail-ignore = If it was not you, you need not do anything. Nothing changes unless the button is used.
mail-ignore-mail = If it was not you, you need not do anything.
mail-never = We never ask for your password by mail or telephone.

# Reset of a forgotten password
mail-reset-subject = Reset your password
mail-reset-preview = Choose a new password within { $minutes } minutes.
mail-reset-lead = Somebody, probably you, asked for a new password for { $account }.
mail-reset-lead-administrator = An administrator has sent you this link, with which you choose a new password for { $account }.
mail-reset-lead-shared = An administrator has sent this link, with which one of you chooses a new password for { $account }. Several people use this account, and a new password signs all of them out: please agree on who does it, and tell the others.
mail-reset-button = Reset Password
mail-reset-unexpected = If you did not expect this, please speak with your administrator before you use it. Nothing changes unless the button is used.
mail-reset-life = The link works once, for { $minutes } minutes, in any browser.
mail-reset-products = The new password will be the one for:
mail-reset-without = Your organization asks one of your security questions before a password is reset. These usernames of yours have none, so that only an administrator can reset their passwords: { $accounts }.
mail-reset-cut = If the button does not work, copy this address into a browser: { $link }

# No account with this address
mail-unknown-subject = No account with this address
mail-unknown-preview = Somebody typed this address, and we do not know it.
mail-unknown-lead = Somebody, probably you, typed { $address } to get into { $brand }. There is no account here with this address.
mail-unknown-try = What you can try:
mail-unknown-other = Another address of yours. Often it is the one your organization gave you.
mail-unknown-name = Your username, if you have one.
mail-unknown-ask = Your Program Administrator or the License Owner within your organization. They know which address you were registered with, and can add you.
mail-unknown-button = Try again
mail-unknown-not-you = If it was not you, you need not do anything. You will get no more of these unless somebody types the address again.

# The password lives at the organization
mail-sso-subject = Sign in with { $organization }
mail-sso-preview = Your password is kept by your organization, not here.
mail-sso-lead = Somebody, probably you, asked for a new password for { $account }. You sign in through { $organization }, so your password is kept there, and only they can change it.
mail-sso-know = If you know the password of your organization, just sign in as { $email }: we take you to the right page.
mail-sso-forgot = If you have forgotten it, please ask the service desk or IT department of { $organization }.
mail-sso-contact = Whom to ask
mail-sso-button = Sign In

# Several user names on one address
mail-several-subject = Which password do you want to reset?
mail-several-preview = Several usernames belong to this address. Each has its own link.
mail-several-lead = Somebody, probably you, asked for a new password. Several usernames belong to { $address }, and each has a password of its own. Choose the one you need:
mail-several-button = Reset Password for { $account }
mail-several-life = Each link works once, for { $minutes } minutes, in any browser.

# An account that may not reset itself
mail-ask-subject = Ask your administrator for a new password
mail-ask-preview = This password can be reset by an administrator only.
mail-ask-shared = Somebody asked for a new password for { $account }. Several people share this account, so that only an administrator can reset its password.
mail-ask-disabled = Somebody, probably you, asked for a new password for { $account }. This account has been switched off, so that a new password would not help.
mail-ask-questions = Somebody, probably you, asked for a new password for { $account }. Your organization asks one of your security questions before a password is reset, and this account has none. An administrator can send you a link that works without.
mail-confirm-subject = Please confirm your email address
mail-confirm-preview = Until then we say no more here.
mail-ask-factor = Somebody, probably you, asked for a new password for { $account }. Its second step was taken away, and nobody has signed in since, so that a mailbox alone would be all that is left. Sign in with the password you have, or ask an administrator, who can send you a link.
mail-ask-unproved = Something was asked for, or has happened, around the account { $account }. Its address was changed to this one, and nobody has confirmed yet that it is yours, so that we say no more here. If you know the password, sign in: we mail you a code that confirms it.
mail-ask-unproved-else = If you do not know it, an administrator can send you a link: please contact your Program Administrator or the License Owner within your organization.
mail-ask-who = Please ask one of them:
mail-ask-nobody = Please contact your Program Administrator or the License Owner within your organization for further assistance.

# Forgotten user name
mail-names-subject = Your username
mail-names-preview = Every username that belongs to this address.
mail-names-lead = Somebody, probably you, asked which usernames belong to { $address }. They are:
mail-names-none = Somebody, probably you, asked which usernames belong to { $address }. You need none: sign in with this email address.
mail-names-button = Sign In
mail-names-not-you = If it was not you, you need not do anything. Only you got this mail.

# Access request, to those who may grant it. Nothing the requester typed is in it.
mail-access-subject = { $name } asks for access
mail-access-subject-product = { $name } asks for access to { $product }
mail-access-preview = A request from your organization is waiting for you.
mail-access-lead = A person of your organization has signed in and asks for access. You get this mail because you may grant it.
mail-access-name = Name
mail-access-email = Email
mail-access-product = Product
mail-access-any = None yet, so any
mail-access-next = This mail changes nothing by itself. Please check that you know the person before you give them access.
mail-access-button = Sign In

# The Contact Form, to those who help
mail-support-question-subject = Question { $number }: { $topic }
mail-support-question-lead = Somebody sent a question with the Contact Form.
mail-support-call-back-subject = Call back { $number }: { $topic }
mail-support-call-back-lead = Somebody asks to be called back, with the Contact Form.
mail-support-name = Name
mail-support-email = Email
mail-support-phone = Telephone
mail-support-best-time = Best time to call
mail-support-identifier = Typed at sign-in
mail-support-organization = Organization
mail-support-reference = Reference of the error page
mail-support-who = Known to us
mail-support-known = Yes, they were signed in
mail-support-stranger = No, anybody may have typed this
mail-support-message = They wrote:
mail-support-beware = Everything above was typed by them and checked by nobody. Do not open links in it, and do not change an account before you know who you are speaking with.

# The Contact Form, to the address that was typed. Nothing else that was typed is in it.
mail-confirm-question-subject = We have your question ({ $number })
mail-confirm-question-lead = We have your question, and will answer it by email.
mail-confirm-call-back-subject = We will call you back ({ $number })
mail-confirm-call-back-lead = We have your request, and will call you.
mail-confirm-number = Number
mail-confirm-topic = Topic
mail-confirm-next = Until then, one of these pages may already help.
mail-confirm-button = Help
mail-confirm-not-you = If it was not you, somebody typed your address by mistake. You need not do anything.

# The Contact Form, to the administrators of the person who asks. Nothing that was typed is in it.
mail-asked-subject = { $name } asks for help to sign in
mail-asked-lead = Somebody who names an account of your organization asked us for help. What they need only you can give, so we tell you too.
mail-asked-next = This mail changes nothing by itself. Please speak with the person before you change anything: anybody can type a name.

# Help me sign in: what is in the way, and the one button that helps
mail-help-subject = What keeps you from signing in
mail-help-disabled = The account { $account } has been switched off, so that nobody can sign in with it. A new password would not change that.
mail-help-elsewhere = You sign in to { $brand } through { $organization }. Type { $account } on our first page, and we take you there. Your password is the one of your organization.
mail-help-no-second-factor = The account { $account } must sign in with a second step. Several people share it, so that nobody can set one up for all of them: somebody has to change that before you can go on.
mail-help-locked = The account { $account } is locked until { $until }, because of several wrong passwords or codes. You can wait.
mail-help-locked-closed = The account { $account } is locked, because of very many wrong passwords or codes.
mail-help-locked-open = A new password opens it at once.
mail-help-locked-shared = No link by mail can open it.
mail-help-other-name = Your username is { $account }. This email address does not sign in; the username does, with the same password.
mail-help-no-sites = You can sign in as { $account }, but nobody has given you a product yet.
mail-help-no-sites-ask = Once you are signed in, “{ portal-ask }” sends them your request.
mail-help-not-moved = You can sign in as { $account }, but none of your products has moved here yet. Until they do, sign in on their own pages as before.
mail-help-moves = { $product }: { $url } until { $at }
mail-help-waits = { $product }: { $url }
mail-help-waits-somewhere = { $product }: on its own page, as before
mail-help-license-ended = You can sign in as { $account }, but your organization’s license for your products has ended.
mail-help-license-ended-ask = Once you are signed in, open the product and press “{ portal-ask }”: that sends them your request.
mail-help-well = We found nothing that keeps you out. Type { $account } on the sign-in page, then your password.
mail-help-well-password = If you do not know your password, press “{ sign-in-forgot }” on the page that asks for it.
mail-help-well-ask = If you do not know the password of { $account }, an administrator can send you a link that sets a new one. “{ sign-in-forgot }” cannot.
mail-help-well-code = After the password we ask for the code from your authenticator app. If you have lost it, your Program Administrator or the License Owner within your organization can help.
mail-help-several = Several usernames belong to { $address }. Sign in with the one you need:
mail-help-several-preview = Several usernames belong to this address.
mail-help-several-line = { $account }: { $state }
mail-help-short-disabled = It has been switched off.
mail-help-short-elsewhere = It signs in through your organization.
mail-help-short-invited = It has no password yet.
mail-help-short-no-second-factor = It must sign in with a second step, is shared, and can have none.
mail-help-short-locked = It is locked for a while.
mail-help-short-other-name = Nothing keeps it out.
mail-help-short-no-sites = Nobody has given it a product yet.
mail-help-short-not-moved = Its products have not moved here yet.
mail-help-short-license-ended = The license for its products has ended.
mail-help-short-well = Nothing keeps it out.

# Access was given to somebody without a password
mail-invite-subject = { $product } Access
mail-invite-preview = Your temporary password works for { $minutes } minutes.
mail-invite-lead = { $organization } has given you access to { $product }.
mail-invite-how = You sign in to it through { $brand }. The first time you sign in with the temporary password below, and then choose your own.
mail-invite-account = Email or username
mail-invite-temporary = Temporary password
mail-invite-button = Begin
mail-invite-life = The temporary password and the button work for { $minutes } minutes, in any browser, until you have chosen your own password.
mail-invite-late = Too late? Press the button all the same, or use “Forgot Password?” on the sign-in page: you get a fresh one at once.

# Access was given to somebody who signs in already
mail-granted-preview = Sign in as always to open { $product }.
mail-granted-how = Sign in as always, with { $account }, and you find it there.

# Access was given to somebody whose account is another organization's
mail-anothers-preview = It could not be given to this account.
mail-anothers-lead = { $organization } wanted to give you access to { $product }, at this address.
mail-anothers-why = Your account { $account } belongs to another organization, and an account opens the products of one organization only. So nothing has changed for you.
mail-anothers-next = If you work for { $organization } too, please give them another address of yours: you get an account of its own there.

# Somebody without a password asked for one
mail-continue-subject = Continue your registration
mail-continue-preview = Here is a temporary password to go on with.
mail-continue-lead = Somebody, probably you, asked for a new password for { $account }. You were given access to { $product } and have not chosen your own password yet, so here is a temporary one to go on with.
mail-continue-button = Continue

# An administrator has taken the password away
mail-temporary-subject = Your temporary password
mail-temporary-preview = Your old password does not work any more.
mail-temporary-lead = An administrator has ended the password of { $account }. Sign in with the temporary password below, and then choose a new one of your own.
mail-temporary-button = Choose a New Password

# A code that shows that mail arrives
mail-code-subject = Your verification code
mail-code-preview = It works for { $minutes } minutes.
mail-code-lead = Type this code on the page that asked for it, to show that our mail reaches you at { $address }.
mail-code-code = Verification code
mail-code-life = The code works once, for { $minutes } minutes.
mail-code-not-you = If you are not signing in just now, do not give this code to anybody. Nothing happens without it.

# To an address that somebody wants for their account
mail-change-code-subject = Your code for a new email address
mail-change-code-lead = Somebody with an account at { $organization } wants to use { $address } from now on. If it is you, type this code on the page that asked for it.
mail-change-code-life = The code works once, for { $minutes } minutes, and only in the browser in which it was asked for.
mail-change-code-not-you = If it is not you, do not give this code to anybody. Nothing happens without it.
mail-taken-subject = Somebody wanted to use your email address
mail-taken-preview = Nothing was changed.
mail-taken-lead = Somebody wanted to use { $address } for another account at { $brand }. It is the address of an account already. So nothing was changed, and whoever asked was not told.
mail-taken-you = If it was you, you have an account with this address, and can sign in with it. If you want only one of the two, ask your administrator.
mail-taken-not-you = If it was not you, most often somebody has mistyped. You need not do anything.

# Single sign-on is suspended: to those who are responsible
mail-continuity-by = By
mail-continuity-approved = Approved by
mail-continuity-asked-subject = Suspend single sign-on of { $organization }?
mail-continuity-asked-preview = A second person has to approve.
mail-continuity-asked-lead = { $asker } asks to suspend single sign-on of { $organization }, and says why:
mail-continuity-asked-means = If you approve, nobody is sent to the organization’s own sign-in page any more. Its people set a password here, through two mailboxes, and sign in with that until somebody resumes it.
mail-continuity-asked-speak = Please speak with { $asker } first. This mail, and opening the page, change nothing.
mail-continuity-asked-button = Look at It
mail-continuity-asked-life = It can be approved until { $until }, by somebody else than { $asker }.
mail-continuity-suspended-subject = Single sign-on of { $organization } is suspended
mail-continuity-suspended-preview = Its people sign in with a password until it resumes.
mail-continuity-suspended-lead = Single sign-on of { $organization } is suspended: nobody is sent to its own sign-in page.
mail-continuity-sessions-stay = Whoever is signed in stays so.
mail-continuity-sessions-ended = Whoever was signed in has been signed out.
mail-continuity-through-both = People set a password with “Forgot Password?”, through their mailbox and a second one that they have confirmed before. Whoever has none is told by mail whom to ask: be ready for their calls.
mail-continuity-through-secondary = People set a password with “Forgot Password?”, through the second mailbox that they have confirmed before, because the first one may be out, too. Whoever has none is told by mail whom to ask: be ready for their calls.
mail-continuity-suspended-end = When the organization’s page works again, resume it. That signs out whoever has signed in here meanwhile.
mail-continuity-suspended-button = Look at It
mail-continuity-resumed-subject = Single sign-on of { $organization } is back
mail-continuity-resumed-preview = Its people sign in at their organization again.
mail-continuity-resumed-lead = Single sign-on of { $organization } has resumed: its people are sent to their organization’s own sign-in page again.
mail-continuity-resumed-ended = Whoever had signed in here meanwhile is signed out, and the passwords they had set work no more.

# A second mailbox
mail-second-subject = Please confirm your second mailbox
mail-second-preview = It counts once you press the button.
mail-second-lead = Somebody, probably you, wants this to be the second mailbox of { $account }.
mail-second-lead-administrator = An administrator has named this as the second mailbox of { $account }. Only you can confirm it.
mail-second-what = When the sign-in page of { $organization } is out of order, a new password is set through both mailboxes. It is used for this alone.
mail-second-button = This Is My Mailbox
mail-second-life = The button works once, for { $hours } hours.
mail-second-not-you = If you know nothing of it, you need not do anything. Without the button it counts for nothing.
mail-replacing-subject = Your second mailbox is about to change
mail-replacing-preview = Another one was named.
mail-replacing-lead = Somebody, probably you, has named another second mailbox for { $account }. Once its mail is answered, it takes the place of this one.
mail-replacing-not-you = If it was not you, please tell us now, and your administrator, too: afterwards this mailbox gets nothing more.
mail-released-subject = No longer your second mailbox
mail-released-preview = We send nothing more here.
mail-released-lead = This is no longer the second mailbox of { $account }.
mail-released-not-you = If it was not you who changed it, please tell us.

# A reset through two mailboxes
mail-both-subject = Reset your password: mail 1 of 2
mail-both-subject-second = Reset your password: mail 2 of 2
mail-both-preview = Press the button in both mails within { $minutes } minutes.
mail-both-lead = Somebody, probably you, asked for a new password for { $account }. The sign-in page of { $organization } is out of order, so that until it is back you set a password here.
mail-both-other = We have sent a mail to your other mailbox, { $other }, too. Press the button in both, in whatever order: best in one browser.
mail-both-without = These usernames of yours have no second mailbox that was confirmed in time, so that only an administrator can help: { $accounts }.
mail-both-ends = The password works until the organization’s page is back.
mail-both-warn = If you have not asked for it yourself, do not press the button, and tell nobody a number that a page shows you. Please tell your administrator.
mail-second-alone-warn = If you have not asked for it yourself, do not press the button, and give the link to nobody: whoever has it can set the password. Please tell your administrator.
mail-second-alone-lead = Somebody, probably you, asked for a new password for { $account }. The sign-in page of { $organization } is out of order, and its mail may be, too, so that until it is back you set a password here, through this mailbox.
mail-elsewhere-subject = Look into your second mailbox
mail-elsewhere-preview = The link for a new password is there.
mail-elsewhere-lead = Somebody, probably you, asked for a new password for { $account }. The sign-in page of { $organization } is out of order, and its mail may be, too, so that we have sent the link to your second mailbox, { $other }.
mail-ask-second = Somebody, probably you, asked for a new password for { $account }. The sign-in page of { $organization } is out of order. Until it is back a password is set through a second mailbox that was confirmed before, and this account has none. An administrator can help.

# The record that shows whose a domain is, is gone from its DNS
mail-record-subject = A DNS record of { $domain } is missing
mail-record-preview = People sign in as before. Please put the record back.
mail-record-lead = A record in the DNS shows that { $domain } belongs to { $organization }. We look at it from time to time, and now it is not there any more.
mail-record-means = Nothing changes for your people by that: they sign in as before.
mail-record-name = Name
mail-record-type = Type
mail-record-value = Value
mail-record-since = Missing since
mail-record-next = Please have whoever keeps your DNS put it back. We see it within a day, and you need not tell us.
mail-record-released = Does the domain not belong to you any more? Then please tell us, so that we release it.

# People of an organization sign in elsewhere from now on, or here again
mail-moved-people = People
mail-moved-program = The program { $program } of the organization
mail-moved-there-subject = People of { $organization } sign in through { $through }
mail-moved-there-preview = Their passwords here work no more.
mail-moved-there-lead = From now on people of { $organization } are sent to { $through } to sign in.
mail-moved-there-means = A password that they had here works no more, and is put away. Whoever is signed in stays so.
mail-moved-there-wrong = Is that not what you wanted? Then tell whoever runs this site at once: { $through } says from now on who these people are.
mail-moved-here-subject = People of { $organization } sign in here again
mail-moved-here-preview = They need a new password.
mail-moved-here-lead = People of { $organization } are not sent to { $through } any more: they sign in here.
mail-moved-here-means = No password from before works. They set a new one with “Forgot Password?”, by a mail to the address of their account.
mail-moved-here-wrong = Is that not what you wanted? Then tell whoever runs this site at once: until it is taken back, whoever reads somebody’s mail can set that person’s password.
mail-kept-subject = A program wanted people of { $organization } to sign in here
mail-kept-preview = It was refused, and nothing has changed.
mail-kept-lead = A program of { $organization } wanted to end that people sign in by { $what }. It may not, and nothing has changed.
mail-kept-wanted = If that is what you want, have whoever runs this site do it.
mail-kept-out = If your own sign-in page is out of order, suspend single sign-on instead: that takes two people, and ends again.
mail-kept-not-you = If you know nothing of it, the program’s secret may be in other hands. Have whoever runs this site make a new one.

# An organization's identity provider has sent as many new people as it may within a day
mail-capped-subject = { $name } makes no more accounts today
mail-capped-preview = Whoever is new there gets one tomorrow.
mail-capped-lead = People of { $organization } who sign in through { $name } and have no account yet are given one. There were { $most } of them today, and that is as many as there may be: whoever else is new gets one tomorrow.
mail-capped-means = Whoever has an account signs in as before.
mail-capped-next = Did you not expect so many? Then somebody may be making people up: please look at the newest accounts of { $organization }, and at its sign-in.
mail-capped-more = Are they all expected? Then an operator can allow more of them for a day.

# The secret by which an organization's identity provider knows us ends
mail-secret-subject = The sign-in secret of { $organization } ends soon
mail-secret-preview = After that nobody can sign in through it any more.
mail-secret-lead = Your people sign in through { $name }. It knows us by a secret, and that secret ends soon. After that nobody of { $organization } can sign in.
mail-secret-ended-subject = The sign-in secret of { $organization } has ended
mail-secret-ended-preview = Nobody can sign in until there is a new one.
mail-secret-ended-lead = Your people sign in through { $name }. It knows us by a secret, and that secret has ended. Nobody of { $organization } can sign in until there is a new one.
mail-secret-ends = Ends
mail-secret-issuer = Identity provider
mail-secret-client = Client ID
mail-secret-next = Please have your IT make a new secret for this client there, and give it to us: not by mail, but as you gave us the first one. The old one works beside it until it ends.
mail-secret-button = Show what is registered

# A code in place of a second step
mail-second-code-subject = Your code to sign in
mail-second-code-lead = Type this code on the page that asked for it, to go on signing in as { $account }.
mail-second-code-life = The code works once, for { $minutes } minutes, and in no other browser.
mail-second-code-not-you = If you are not signing in just now, somebody knows your password. Do not give this code to anybody, and choose another password.

# A second step is lost: to those who administer, and to the person
mail-factor-lost-subject = { $name } has lost the second step of signing in
mail-factor-lost-preview = Please make sure who it is before you do anything.
mail-factor-lost-lead = Somebody who knows the password of { $account } says that phone and recovery codes are lost.
mail-factor-lost-who = Please speak with the person, in a way that you know already and not by answering a mail. Ask nothing that others could know: see them, or call them at a number you have had before.
mail-factor-lost-next = If it is them, have the second step taken away and say how you made sure. That waits for some hours; all addresses of the person are told, and can stop it.
mail-factor-lost-button = See Who Asks
mail-factor-lost-us = For another administrator, or where you do not find the person there, ask the License Owner or those who run this service.
mail-factor-help-subject = Who can help you to sign in again
mail-factor-help-preview = You told us that your phone is lost.
mail-factor-help-lead = You told us that you have lost the phone and the recovery codes for { $account }. An administrator can have the second step taken away, after making sure that it is you.
mail-factor-help-next = Call them or go to see them. The second step is then taken away after { $hours } hours; we tell you when that begins, and you can stop it. If you find your phone or a recovery code before, just sign in.
mail-factor-help-not-you = If it was not you, somebody knows your password. Choose another one now, with Forgot Password? on the sign-in page.
mail-reset-lapsed-subject = The second step of { $name } was not taken away
mail-reset-lapsed-preview = Something has changed since that was begun.
mail-reset-lapsed-lead = The second step of { $account } was to be taken away now. Before that it was looked at once more, and stopped.
mail-reset-lapsed-no-factor = It has no second step any more.
mail-reset-lapsed-disabled = The account was switched off meanwhile.
mail-reset-lapsed-organization = The account belongs to another organization now.
mail-reset-lapsed-address = Its email address was changed meanwhile, so that what we announced went to another one.
mail-reset-lapsed-beginner = Whoever began it may not do so for this account any more.
mail-reset-lapsed-next = If the person still cannot sign in, it can be begun again, after making sure once more who it is. Whoever may not do that asks another administrator, or those who run this service.

# To the operators: sign-in failed for many different names from one address
mail-slowed-subject = Sign-in failed for many names from { $address }
mail-slowed-preview = We have slowed it. Please look whose address this is.
mail-slowed-lead = Within { $minutes } minutes sign-in has failed for { $names } different names from one address. We now take passwords from there only after pauses, each longer than the one before. Browsers that people have used before are not held up.
mail-slowed-attack = Do you not know the address? Then somebody may be trying passwords on everybody, or a list of names and passwords from elsewhere. The audit trail has each try, and which of them was right. Your firewall can keep the address out.
mail-slowed-yours = Is it the way out of one of your organizations? Then name its network in limits.known_networks, and let it go with: portico address release { $address }
mail-slowed-more = portico address list shows all of them. We write at most once a day of one address, and of five addresses a day.
