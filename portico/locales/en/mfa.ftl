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
mfa-ways-recovery-text = One of the ten codes that you were given when you set up your app.
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
