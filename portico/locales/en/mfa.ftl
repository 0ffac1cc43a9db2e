mfa-heading = One more step
mfa-lead = Open your authenticator app. It shows a 6-digit code for this account.
mfa-code = Enter code
mfa-verify = Verify
mfa-hint = The code changes every 30 seconds. If it is about to change, wait for the next one.
mfa-missing = Please enter the code from your authenticator app.
mfa-wrong = That code did not work. Wait for the next code in your app, then enter that one.
mfa-locked = There were too many wrong codes. You can try again at { $until }.
