sign-in-heading = Sign in
sign-in-identifier = Email or username
sign-in-remember = Remember me
sign-in-next = Next
sign-in-again = What you are about to do can open your account to somebody else. Please show once more that it is you. You go on right there.
sign-in-identifier-missing = Please type your email or username.
sign-in-identifier-odd = That cannot be an email or username. Please check it for a typing mistake.
sign-in-cookies-off = Your browser does not keep cookies for this page, and without them nobody can sign in. Please allow them, then try again.

sign-in-password-heading = Enter your password
sign-in-password = Password
sign-in-submit = Sign In
sign-in-forgot = Forgot Password?
sign-in-password-missing = Please type your password.
sign-in-password-replaced = That temporary password has been replaced since. Please type the one of our latest mail.
sign-in-wrong = Invalid email and/or password.
sign-in-locked = The username or password is incorrect. Your account has been temporarily locked due to repeated failed login attempts. Use the Forgot Password link to reset your password and unlock your account.
sign-in-locked-until = Locked until

sign-in-refused-heading = You cannot sign in with this account
sign-in-refused-disabled = This account has been switched off, so it no longer opens anything here. A new password would not change that.
sign-in-refused-factor = This account must sign in with a second step. Several people share it, so that nobody can set one up for all of them: somebody has to change that before you can go on.
sign-in-refused-who = Who can help
sign-in-refused-ask = Please contact your Program Administrator or the License Owner within your organization.
sign-in-other-account = Use another account
