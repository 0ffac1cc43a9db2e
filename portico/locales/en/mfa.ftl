mfa-heading = One more step
mfa-lead = Open your authenticator app. It shows a 6-digit code for this account.
mfa-code = Enter code
mfa-verify = Verify
mfa-hint = The code changes every 30 seconds. If it is about to change, wait for the next one.
mfa-missing = Please enter the code from your authenticator app.
mfa-wrong = That code did not work. Wait for the next code in your app, then enter that one.
mfa-locked = There were too many wrong codes. You can try again at { $until }.
mfa-another = Another way

# Setting an authenticator app up
mfa-set-up-heading = Set up a second step
mfa-set-up-lead = This account needs more than a password: a code from an app on your phone. You set it up once, in about two minutes.
mfa-set-up-wish = From then on signing in takes your password and a code from an app on your phone. You set it up once, in about two minutes.
mfa-set-up-instead = Set up the app that you will use from now on. Your old one stops working.
mfa-set-up-beside = Set up an app beside your passkeys. From then on a code from it will do where you have no passkey at hand.
mfa-set-up-app = Get your phone, and an authenticator app on it. Any will do, and many phones have one already.
mfa-set-up-scan = Add an account in the app, and point the camera at this picture.
mfa-set-up-picture = Picture for the camera of your authenticator app. It holds the key that stands below it.
mfa-set-up-type = If you cannot use the camera, type this key instead:
mfa-set-up-copy = Copy
mfa-copied = Copied
mfa-set-up-names = The app will list it as { $issuer }, { $account }.
mfa-set-up-here = The app is on this device: open it
mfa-set-up-confirm = Type the 6-digit code that the app shows now.
mfa-set-up-wrong = That code did not work. Check that the app shows the account you have just added, and that the clock of your phone is right. Then type the code it shows now.

# Recovery codes, when they are shown
mfa-codes-heading = Keep your recovery codes
mfa-codes-lead = Each of them lets you in once when your phone is lost or not at hand. Print them, or put them into your password manager; not on your phone alone.
mfa-codes-of = Recovery codes for { $brand }, { $account }
mfa-codes-copy = Copy all
mfa-codes-print = Print
mfa-codes-once = We show them only now. After this page nobody can read them, not even we.
mfa-codes-kept = I have kept them

# Another way than the app
mfa-ways-heading = Another way
mfa-ways-app = I have my app after all
mfa-ways-recovery = Use a recovery code
mfa-ways-recovery-text = One of the ten codes that you were given when you set up your app or your passkey.
mfa-ways-recovery-button = Use a recovery code
mfa-ways-email = Get a code by mail
mfa-ways-email-text = Your organization allows it for now and then. Products that ask for two steps will still ask for your app.
mfa-ways-email-button = Mail me a code
mfa-lost-heading = I have lost my phone
mfa-lost-code = Use a recovery code, and tick “I have lost my phone” there: then you set up another app.
mfa-lost-no-code = You have no recovery code left either. Then somebody has to make sure that it is you.
mfa-lost-how = Without a recovery code, ask your Program Administrator or the License Owner within your organization. They make sure that it is you, and have the second step taken away. That takes { $hours } hours, and we tell all of your addresses, so that nobody can do it in your name.
mfa-lost-ask = Ask for help
mfa-lost-asked = Your administrators have a mail, and you have one that says who they are. More than once a day we do not write.
mfa-lost-waits = Your second step is going to be taken away. Sign in again after

mfa-recovery-heading = Use a recovery code
mfa-recovery-lead = Type one of your codes. Each of them works once.
mfa-recovery-code = Recovery code
mfa-recovery-hint = Twelve letters and figures, such as k7mq-p3xv-th29. Capitals and hyphens make no difference.
mfa-recovery-lost = I have lost my phone: let me set up another app next
mfa-recovery-missing = Please type one of your recovery codes.
mfa-recovery-wrong = That code did not work. It may be mistyped, or have been used before. Try another one of your codes.

mfa-email-heading = Type the code from our mail
mfa-email-sent = We have sent a code to
mfa-email-hint = The mail comes from { $sender }. The code has 8 digits, works for 10 minutes, and only on this page.
mfa-email-resend = Resend
mfa-email-missing = Please type the code from our mail.
mfa-email-wrong = That code did not work. Use the newest mail, and check for a typing mistake.
mfa-email-soon = We have sent a code less than a minute ago. Please look into your mailbox, and try again in a moment.
mfa-email-often = We have sent several codes within an hour. Please use the newest one, or try again later.

# Offered to whoever has none
mfa-offer-heading = Protect your account with a second step
mfa-offer-text = A password can be guessed or told. With a code from an app on your phone nobody gets in with your password alone. It takes two minutes.
mfa-offer-button = Set up a second step
mfa-offer-later = Not now

# My account
mfa-own-heading = Your second step
mfa-own-lead = With a second step nobody gets in with your password alone.
mfa-own-lead-required = Your account needs a second step: nobody gets in with your password alone.
mfa-own-shared = Several people use this account, so that no one of them can set up a second step for all.
mfa-own-app = Authenticator app
mfa-own-app-since = Set up on
mfa-own-app-none = None is set up.
mfa-own-app-beside = None is set up. Beside your passkeys you can have one: then a code from it will do, too.
mfa-own-set-up = Set Up an App
mfa-own-replace = Set Up Another App
mfa-own-replace-hint = For a new phone. The old app works until the new one has shown its first code.
mfa-own-remove-open = Remove the app
mfa-own-remove-means = From then on your password alone lets you in, and whoever else knows it. Your recovery codes stop working. You are signed out everywhere else.
mfa-own-remove-beside = From then on only your passkeys and your recovery codes are your second step. You are signed out everywhere else.
mfa-own-remove = Remove
mfa-own-removed = The app was removed. You have been signed out everywhere else.
mfa-own-last = Your account needs a second step, and this is the only one, so that it cannot be removed. Set up another one first.
mfa-own-codes = Recovery codes
mfa-own-codes-left = Codes that are left: { $left }
mfa-own-codes-unkept = You have not said yet that you have kept them.
mfa-own-codes-show = Show them
mfa-own-codes-make = Make New Codes
mfa-own-codes-hint = The old ones stop working, and you are signed out everywhere else.
mfa-own-renewed = These are your codes from now on. The old ones work no more.
mfa-own-kept = Your recovery codes are kept.
mfa-own-passkeys = Passkeys that you have: { $count }

# For those who look after an organization’s people
mfa-people-heading = Lost second steps
mfa-people-asked = Who asks for help
mfa-people-asked-none = Nobody has asked within the last week.
mfa-people-asked-at = Asked at
mfa-people-choose = Help { $name }
mfa-people-waiting = Second steps that are going to be taken away
mfa-people-due = Taken away at
mfa-people-by = Begun by { $name }
mfa-people-by-us = Begun by those who run this service
mfa-people-stop = Stop it for { $name }
mfa-people-reset = Have a second step taken away
mfa-people-sure = Make sure first who it is, in a way that you know already: see the person, or call a number that you have had before. A mail is no proof, and neither is anything that others could know.
mfa-people-means = The second step is taken away after { $hours } hours, and nobody can make that shorter. All addresses of the person are told at once. They can stop it, and so can you. The password stays as it is.
mfa-people-how = How did you make sure?
mfa-people-how-hint = It is kept. For example: seen at the desk, badge 4711.
mfa-people-begin = Have It Taken Away
mfa-people-not = You can do this for people whom you look after, and not for yourself. For other administrators the License Owner can do it, or those who run this service.
mfa-people-begun = It has begun. The person is told now, at every address.
mfa-people-stopped = It is stopped. The person is told.
mfa-people-nobody = Of this name there is nobody whose second step you can have taken away.
mfa-people-no-factor = This account has no second step.
mfa-people-disabled = This account is switched off.
mfa-people-unproved = The address of this account was changed and is not confirmed yet, so that its owner could not be told. Ask those who run this service: once they have made sure of the address, too, they can begin it.
mfa-people-waits = It is going to be taken away already.
mfa-people-reason = Please say how you made sure who it is, in 3 to 300 characters.
mfa-people-over = It was over already: stopped, or done.
