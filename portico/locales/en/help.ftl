help-heading = Need help signing in?
help-lead = Choose what comes closest. What you typed is kept.
help-me = Help me sign in
help-me-lead = We look at what keeps you out, and mail you the answer with a button that helps. So that nobody can spy on you, it goes to the address on file only.
help-me-mail = What keeps you from signing in, and one button that helps.
help-else = Something else
help-else-text = Tell us what you see on the page. We never ask for your password.
help-organization = Your organization says whom to ask:
help-call = Call { $phone }
help-write = Write to { $mail }
help-way-sign-in = Go to sign-in
help-still = Still stuck?
help-more = More topics
help-print = Print this page
help-guide = All topics on one page
help-guide-heading = How to sign in to { $brand }
help-guide-lead = For you to keep, or to hand to your colleagues.
help-contents = Contents

# Each topic: its name, the answer in a sentence or two, what to do in order, what is good to know.
help-first = This is my first time here
help-first-text = Your organization gives you access, and a mail with the subject “{ mail-invite-subject }” brings you a temporary password.
help-first-1 = Find the mail from { $sender } with the subject “{ mail-invite-subject }”. It brings a temporary password and the button “{ mail-invite-button }”.
help-first-2 = Press “{ mail-invite-button }”, and type the temporary password.
help-first-3 = Type your “{ registration-first-name }” and “{ registration-last-name }”, and press “{ registration-continue }”.
help-first-questions = If the page asks for security questions, choose three, and give answers that only you know.
help-first-4 = Choose a password of your own, of at least { $floor } characters.
help-first-5 = On “{ registration-email-heading }” press “{ registration-email-send }”, and type the code that we mail you.
help-first-6 = Read the terms, and press “{ registration-terms-accept }”. Your products are on the next page.
help-first-note = The temporary password works for { $temporary_minutes } minutes after we have handed the mail over. Too late? The mail’s own button or “{ sign-in-forgot }” on the sign-in page gets you a fresh one at once.
help-first-leave = You can leave at every step, and go on where you stopped, on any device.
help-first-ask = No mail? Then nobody may have given you access yet: please contact your Program Administrator or the License Owner within your organization.

help-password-text = We mail you a link to choose a new one. That also opens a locked account.
help-password-steps = Forgotten passwords, step by step
help-password-1 = On the sign-in page press “{ sign-in-forgot }”.
help-password-2 = Type your email or username, and press “{ recovery-by-mail }”.
help-password-2-ways = Type your email or username, and press “{ recovery-continue }”.
help-password-questions = Where the page offers “{ recovery-way-questions }”, that is chosen first. Press “{ recovery-continue }” and answer all of them right, and you choose the new password at once. If you cannot, press “{ recovery-cancel }”, come back, and choose “{ recovery-way-email }”.
help-password-3 = Open the mail from { $sender } and press “{ mail-reset-button }”. The link works once, for { $link_minutes } minutes, in any browser.
help-password-question = If “{ recovery-challenge-heading }” asks your security question, answer it.
help-password-4 = For “{ recovery-set-new }” type a password of at least { $floor } characters, type it again for “{ recovery-set-again }”, and press “{ recovery-set-submit }”.
help-password-5 = Sign in with the new password.
help-password-note = A finished reset opens a locked account at once, signs you out everywhere else, and is told to you by mail.
help-password-products = The new password is for every product behind this door. The page where you choose it names them.
help-password-question-note = Where a question is asked and you have set none up, only your administrator can reset your password. The mail says who that is.
help-password-sso = If your organization has its own sign-in page, your password lives there, and its service desk can change it.

help-name-text = We mail you every username of your email address.
help-name-steps = Forgotten usernames, step by step
help-name-1 = On this page or on the page for a new password press “{ recovery-forgot-name }”.
help-name-2 = Type your email address, and press “{ recovery-name-send }”.
help-name-3 = The mail from { $sender } lists every username of this address, with a button to sign in. Not there? Your Program Administrator knows which address you were registered with.

help-code = I never got the verification code
help-code-text = A code that we mail can take a few minutes. Where a page says “{ mfa-code }”, the code is not mailed: your authenticator app shows it.
help-code-1 = On “{ registration-email-heading }” press “{ registration-email-send }”.
help-code-2 = Wait a few minutes, then look in your spam and junk folders for a mail from { $sender } with the subject “{ mail-code-subject }”.
help-code-3 = If your organization filters its mail, ask your IT department to allow { $domain }.
help-code-4 = Press “{ registration-email-resend }” for a new one: { $code_seconds } seconds after the last, { $codes } an hour. Only the newest works, for { $code_minutes } minutes.
help-code-5 = Still no code? Use the “{ support-heading }” to ask a question or to be called back.
help-code-app = Where a page says “{ mfa-code }”, open the authenticator app on your phone: it shows a new code every 30 seconds. Type it and press “{ mfa-verify }”. If the phone is lost or new, use the “{ support-heading }”.

help-mail = I never got the reset email
help-mail-text = It comes from { $sender }, within a few minutes. Spam filters are the most common reason that it does not.
help-mail-1 = Wait a few minutes, then look in your spam and junk folders for a mail from { $sender }.
help-mail-2 = Check that the address on the page is exactly the one that your organization knows.
help-mail-3 = The same page says how the mail is doing: whether our mail server has handed it over, or what went wrong.
help-mail-4 = If your organization filters its mail, ask your IT department to allow { $domain }.
help-mail-5 = Press “{ recovery-resend }” there for one more mail. The first link stays good, too.
help-mail-direct = A product that still has its own sign-in page can be opened there directly; the page names it.
help-mail-questions = Still nothing? Where “{ sign-in-forgot }” offers “{ recovery-way-questions }”, you need no mail.

help-wrong = “Invalid email and/or password”
help-wrong-text = What was typed is not right together. For your safety we do not say which of the two it is.
help-wrong-1 = Use the email address or username that your organization gave to us, and press “{ sign-in-next }”.
help-wrong-2 = Look at the password with “{ web-show }” while you type, and check that Caps Lock is off. Then press “{ sign-in-submit }”.
help-wrong-3 = After { $tries } wrong tries we pause for { $minutes } minutes.
help-wrong-4 = Not sure of the password? “{ sign-in-forgot }” gets you a new one.
help-wrong-ask = If even that fails, please contact your Program Administrator or the License Owner within your organization.

help-sites = No sites associated to my account
help-sites-text = You are signed in, but nobody has given you a product yet. Your Program Administrator or the License Owner within your organization can.
help-sites-1 = Sign in. The page names your Program Administrator and the License Owner, and how to reach them.
help-sites-2 = Press “{ portal-ask }” there. They get your request, and a mail about it.
help-sites-said = The message is: “{ portal-no-sites }”

help-locked = My account is locked
help-locked-text = After { $tries } wrong tries we pause sign-in for { $minutes } minutes, so that nobody can guess your password. You can wait. A new password opens your account at once.
help-locked-1 = Either wait: the page says until when, and trying meanwhile does not make it longer.
help-locked-2 = Or press “{ sign-in-forgot }” and choose a new password. That opens your account at once.
help-locked-said = The message is: “{ sign-in-locked }”
help-locked-known = A browser you have signed in with before may still work: other people’s mistakes do not lock it.

help-signing-in = How signing in works
help-signing-in-text = One address and one sign-in for all your products.
help-signing-in-1 = Open { $url }, or the product you want: it sends you here.
help-signing-in-2 = For “{ sign-in-identifier }” type what your organization registered for you. Tick “{ sign-in-remember }” on a computer of your own, and it is filled in next time.
help-signing-in-3 = Press “{ sign-in-next }”.
help-signing-in-sso = If your organization has its own sign-in page, that is where you sign in, with the password you use at work.
help-signing-in-4 = Otherwise type your password, and press “{ sign-in-submit }”.
help-signing-in-5 = If the page says “{ mfa-code }”, type the code from your authenticator app, and press “{ mfa-verify }”.
help-signing-in-6 = Press the product you want to open.

help-product = I don’t see my product
help-product-text = It may not have moved here yet, you may have no access, or it opens from another product.
help-product-1 = Not moved here yet: your products are shown with the date, and with a link to the old sign-in page. Sign in there as before.
help-product-2 = No access: your Program Administrator or the License Owner within your organization can give it to you.
help-product-3 = Some products open from another product only. Open that one, point at its name at the top left, and choose from the menu.

help-allow = For your IT department: let our mail in
help-allow-text = Who cannot get our mail cannot get in. Everything that a mail filter needs to know is here.
help-allow-1 = Allow mail from { $sender }.
help-allow-2 = Allow the domain { $domain }, also as the sender of the envelope, where mail comes back to that could not be delivered.
help-allow-3 = Let links to { $url } through. A filter may open them as often as it likes: only a person who presses the button on the page uses one up.
help-allow-4 = Send yourself a test: press “{ recovery-forgot-name }” and type an address of your domain. Every address gets one mail, with an account or without, and the page says how your mail server has answered.
help-allow-what = Our mail has no attachments, no pictures, no tracking, and no links but to this address and to the old pages of products that have not moved yet.
help-allow-refused = Where your mail server turns away mail to several people, we notice, and say so on the page of each.

help-shared = Several of us share one account
help-shared-text = The password of a shared account cannot be reset by mail: one of you would lock out all the others. Only an administrator can.
help-shared-1 = Ask your Program Administrator to reset it. “{ help-me }” mails you who that is.
help-shared-2 = Better: ask for an account of your own. Then your password is yours alone, and nobody can lock you out.
help-shared-note = An account of one’s own also keeps a clear record of who did what.
