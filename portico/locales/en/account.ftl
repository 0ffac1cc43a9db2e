account-back = Back to my account
account-change = Change
account-add = Add
account-see = See why
account-save = Save
account-others-end = You are then signed out everywhere else; this browser stays signed in.
account-stale = Something has changed since this page was opened, so that nothing was saved. Please look at it as it is now, and do it once more.
account-wrong = Something not right that you cannot change here? Your Program Administrator can.

# Sections of my account, and their lines
account-who = Who I am
account-how = How I sign in
account-sessions = Where I am signed in
account-name = Name
account-email = Email
account-second = Second mailbox
account-user-name = Username
account-user-name-none = None
account-organization = Organization
account-language = Language
account-password = Password
account-password-set = Set on
account-password-none = None
account-password-there = Kept at { $organization }
account-questions = Security questions
account-questions-are-set = Set
account-questions-none = None are set.
account-passkeys = Passkeys
account-passkeys-change = Add or remove
account-factor = Second step
account-factor-app = An authenticator app. Recovery codes left: { $left }
account-factor-none = None
account-factor-passkey = A passkey. Recovery codes left: { $left }
account-this = This browser
account-from = from { $address }
account-since = since

# What was done
account-done-name = Your name was changed.
account-done-email = Your email address was changed. You are signed out everywhere else.
account-done-email-kept = Your email address stays as it is.
account-done-user-name = Your username was saved. You are signed out everywhere else.
account-done-user-name-gone = Your username was removed. You are signed out everywhere else.
account-done-password = Your password was changed. You are signed out everywhere else.
account-done-questions = Your security questions were saved. You are signed out everywhere else.
account-done-questions-gone = Your security questions were removed. You are signed out everywhere else.

# Name
account-name-heading = Change your name
account-name-lead = This is how your administrators and colleagues know you, in every product.
account-name-kept-several = Several people use this account, so that its name is not one person’s. An administrator can change it.

# Email
account-email-heading = Change your email address
account-email-now = Your account has the address
account-email-new = New email address
account-email-hint = We mail a code there. Nothing changes until you have typed it here, and we tell your present address.
account-email-waits = Until you have typed it, nothing changes.
account-email-keep = Keep the Present Address
account-email-elsewhere-asked = This change was asked for in another browser, and its code works only there. If it was not you, keep the present address, and change your password.
account-email-missing = Please type the new email address.
account-email-odd = That does not look like an email address. It should be like name@mail.example.
account-email-same = That is your address already. Please type another one.
account-email-second = That is your second mailbox. It would be of no help if both were the same: please remove it there first, or type another address.
account-email-domain = That address is of another organization, so that it cannot be an account’s of yours. Please type another one.
account-email-elsewhere = With that address you would sign in on your organization’s own page. Please ask your administrator to change it for you.
account-email-taken = That address cannot be used for this account. Please type another one, or ask your administrator.
account-email-kept-several = Several people use this account, so that its address is not one person’s. An administrator can change it.
account-email-kept-organization = You sign in on the page of { $organization }, which says what your address is. Whoever looks after sign-in there can change it.

# Username
account-user-name-heading = Your username
account-user-name-lead = You can sign in with it in the place of your email address. Nobody else can have the same one.
account-user-name-rule = Letters, digits, hyphens and underscores.
account-user-name-remove = Remove It
account-user-name-remove-hint = Then you sign in with
account-user-name-missing = Please type the username that you want.
account-user-name-odd = That username cannot be used. Please use letters, digits, hyphens and underscores.
account-user-name-short = That username is too short. Please use at least { $min } characters.
account-user-name-long = That username is too long. Please use at most { $max } characters.
account-user-name-taken = Somebody has that username. Please choose another one.
account-user-name-same = That is your username already. Please type another one.
account-user-name-needed = Several accounts share your mailbox, and the username tells them apart. You can change it, but not do without.
account-user-name-often = You have tried { $tries } usernames today. Please come back tomorrow, or ask your administrator.
account-user-name-kept-several = Several people use this account, so that its username is not one person’s. An administrator can change it.
account-user-name-kept-organization = You sign in on the page of { $organization }, where a username from here is of no use.

# Password
account-password-heading = Change your password
account-password-current = Current password
account-password-current-missing = Please type your current password, too.
account-password-current-wrong = That is not your current password. Please type it again. If you do not know it, sign out, and use “{ sign-in-forgot }” at the next sign-in.
account-password-current-locked = That is not your current password, and there were several wrong ones, so that we take no more of them for a while. Sign out, and use “{ sign-in-forgot }” to choose a new one at once.
account-password-current-same = That is the password you have. Please choose another one.
account-password-locked-until = We take no passwords for this account here until:
account-password-kept-several = Several people use this account and its password, so that none of them can change it for the others. An administrator can.
account-password-kept-organization = You sign in on the page of { $organization }, with the password you have there. That is where you change it.

# Security questions
account-questions-set = These are set. Nobody is shown the answers, not even you.
account-questions-remove = Remove Them
account-questions-remove-hint = Without them you may need your administrator if you forget your password.
account-questions-choose = Choose three
account-questions-replace = Choose others in their place
account-questions-no-use = Your account needs no security questions: other ways lead back to it if you forget your password.
