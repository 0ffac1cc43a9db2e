session-sign-out = Sign out
session-out-heading = You are signed out
session-out-text = On a shared computer, please close this window too.
session-again = Sign in again

# Devices and sessions of one's own
session-own-heading = Devices and Sessions
session-own-lead = In these browsers you are signed in. End what you do not know, or no longer use.
session-own-began = Signed in:
session-own-used = Last used:
session-own-ended = Ended:
session-own-end = End Session
session-own-end-others = End All Other Sessions
session-own-alone = You are signed in nowhere else.
session-own-proof = To be sure that it is you, we ask you to sign in once more before anything is ended or forgotten.
session-own-ended-heading = Ended for another one
session-own-ended-text = These ended when you signed in at one more place than your organization allows.
session-own-known-heading = Known Browsers
session-own-known-text = You have signed in there before, and wrong guesses at your password elsewhere do not lock you out of them. Forget those that are not yours, or that you no longer use.
session-own-unnamed = A browser
session-own-forget = Forget
session-own-life-heading = How long a session lasts
session-own-life = It ends when you have not used it for { $idle }, and { $longest } after you have signed in at the latest.
session-own-at-once = { $count ->
        [one] Your organization allows one session at a time: signing in somewhere else ends it.
       *[other] Your organization allows { $count } sessions at a time: one more ends the one that you have not used for longest.
    }
session-own-minutes = { $count ->
        [one] a minute
       *[other] { $count } minutes
    }
session-own-hours = { $count ->
        [one] an hour
       *[other] { $count } hours
    }
session-own-days = { $count ->
        [one] a day
       *[other] { $count } days
    }
session-own-done-session = That session has ended, and the products opened in it are told.
session-own-done-others = All other sessions have ended, and the products opened in them are told.
session-own-done-browser = That browser is forgotten. If anybody signs in there with your account, we tell you by mail.
