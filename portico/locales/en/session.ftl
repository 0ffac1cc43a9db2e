session-sign-out = Sign out
session-out-heading = You are signed out
session-out-text = On a shared computer, please close this window too.
session-again = Sign in again
