# Notices of what was done to an account, each with a button.
notice-button = It wasn’t me
notice-button-does = It signs everybody out, makes the present password useless, and mails you a link to choose a new one.
notice-button-ends = It signs everybody out, makes the present password useless, and mails you who can help you to a new one.
notice-button-link = It signs everybody out, and mails you a link to choose a new password. The present one works until you have chosen another.
notice-button-asks = It signs everybody out, and mails you who can help you further.
notice-button-reports = It signs everybody out, tells the administrators of your organization that it was not you, where there are any besides you, and mails you whom to ask.
notice-button-stops = It stops that, and changes nothing else.
notice-button-life = The button works once, for { $days } days. First it shows a page that says what will happen.
notice-when = When
notice-where = From
notice-browser = Browser
notice-by = By
notice-by-us = Those who run { $brand }

# The password was changed
notice-password-subject = Your password was changed
notice-password-preview = If it was you, all is well.
notice-password-lead = The password of { $account } was changed. If it was you, all is well, and you have been signed out everywhere else.
notice-password-not-you = If it was not you, use this button now.

# The address was changed, to the old one
notice-email-subject = Your email address was changed
notice-email-preview = Mail about your account goes to another address from now on.
notice-email-lead = Mail about { $account } used to go to { $old }. From now on it goes to another address. If it was you who changed it, all is well.
notice-email-not-you = If it was not you, and you know nothing of it, use this button now, and tell your administrator: only they can put your address back.

# The security questions were changed
notice-questions-subject = Your security questions were changed
notice-questions-preview = If it was you, all is well.
notice-questions-lead = The security questions of { $account }, or the answers to them, were changed. If it was you, all is well.
notice-questions-not-you = If it was not you, use this button now.

# The security questions were answered
notice-answered-subject = Your security questions were answered
notice-answered-preview = If it was you, all is well.
notice-answered-lead = Somebody who wants a new password for { $account } has answered its security questions, and can now choose one within { $minutes } minutes. If it was you, all is well.
notice-answered-not-you = If it was not you, somebody knows your answers. Use this button now: whoever it was can then choose no password any more.

# A sign-in in a browser the account is not known in
notice-linked-subject = Your account is connected to your organization’s sign-in
notice-linked-preview = From now on you sign in with your organization.
notice-linked-lead = Somebody signed in at { $connection } with the email address of { $account }, and the two are connected from now on: whoever signs in there as that person is let in here. If it was you, all is well.
notice-linked-not-you = If it was not you, use this button now, and tell the service desk of your organization.

notice-new-browser-subject = A new browser signed in to your account
notice-new-browser-preview = If it was you, all is well.
notice-new-browser-lead = Somebody signed in as { $account } in a browser that we have not seen you use. If it was you, all is well: we will know this browser next time.
notice-new-browser-not-you = If it was not you, somebody knows your password. Use this button now.

# Sign-in is paused
mail-lock-subject = Your account is locked for a while
mail-lock-preview = Until { $until }, or until you choose a new password.
mail-lock-preview-wait = Until { $until }.
mail-lock-lead = There were several wrong passwords for { $account }, so that we have locked it until { $until }. Browsers you have used before may still work.
mail-lock-lead-codes = There were several wrong codes for { $account }, each after the right password, so that we take no more codes until { $until }. Browsers you have used before may still work.
mail-lock-subject-answers = Your security questions are off for a while
mail-lock-lead-answers = There were several wrong answers to the security questions of { $account }, so that we take no more of them until { $until }. Your password works as before.
mail-lock-you-answers = If it was you and you need a new password, the link in this mail, or one you ask for, is the way that works now.
mail-lock-not-you-answers = If it was not you, your account is still safe: nobody got in, and you need not do anything. If you would rather be on the safe side, there is a button for that.
mail-lock-you = If it was you, you can wait, or choose a new password: that opens the account at once.
mail-lock-wait = If it was you, please wait, or ask your administrator for help. No link can reset the password of this account.
mail-lock-wait-codes = If it was you, please wait until then, and check that the clock of your phone is right: codes depend on it.
mail-lock-button = Reset Password
mail-lock-not-you = If it was not you, your password is still safe: nobody got in, and you need not do anything. If you would rather be on the safe side, there is a button for that.
mail-lock-not-you-codes = If it was not you, somebody knows your password. Nobody got in, but use this button now.
mail-lock-life = The link works once, for { $minutes } minutes.

# The page behind the button
notice-page-heading = Was it not you?
notice-page-about = This is about
notice-page-lead = When you press the button:
notice-page-out = Everybody is signed out, on every device, you too.
notice-page-password = The present password stops working.
notice-page-answers = The answers to your security questions stop working.
notice-page-factors = The second step is taken away, with the recovery codes: whoever set it up can no longer use it.
notice-page-stop = Your second step stays as it is.
notice-page-tells = We tell you by mail that it is stopped.
notice-page-report = We tell the administrators of your organization that it was not you.
notice-page-report-support = We tell those who help for this service that it was not you.
notice-page-mail = We mail you a link to choose a new password, to
notice-page-ask = We mail you who can help you further, to
notice-page-fine = Was it you after all? Then just close this page. Nothing has changed so far.
notice-page-reset = Reset Password
notice-page-again = Ask for Another Mail
notice-done-heading = It has been done
notice-done-text = Everybody was signed out, and a mail that says how to go on was sent to
notice-done-stopped = The second step stays as it is, and a mail says so. Please tell your administrator that it was not you who asked.
notice-done-ask = No link by mail can set a new password for this account now. Your Program Administrator or the License Owner within your organization can help you: the mail says who they are.
notice-done-report = We have told the administrators of your organization that it was not you. Please speak with them: the mail says whom to ask, and only they can put an address right.
notice-done-report-support = We have told those who help for this service that it was not you. Only they can put an address right.
notice-done-report-nobody = There is nobody whom we could tell. Please speak with whoever runs this service for your organization: only they can put an address right.
notice-expired-heading = This button has expired
notice-expired-text = Nothing was changed. If you think that somebody else uses your account, choose a new password: that signs out everybody else.
notice-unknown-text = Part of it may have been cut off by the mail program, or it is an old one. If you think that somebody else uses your account, choose a new password: that signs out everybody else.

# After the button, where no link can follow
notice-disputed-subject = Ask your administrator to go on
notice-disputed-subject-support = Ask for help to go on
notice-disputed-preview = Everybody has been signed out of your account.
notice-disputed-lead = You told us that it was not you, so that everybody has been signed out of { $account }.
notice-disputed-questions = The present password and the answers to your security questions have stopped working. Your organization asks one of these questions before a password is reset, so that no link can help you now. An administrator can send you one that works without.
notice-disputed-factor = The present password, the second step and the recovery codes have stopped working, because somebody else may have set them. A mailbox alone must not open an account that had a second step, so that no link can help you now. An administrator can send you one.
notice-disputed-no-questions = Your password works as before: nobody got in. Your organization asks one of your security questions before a password is reset, and this account has none, so that no link can help you to a new one. An administrator can send you one that works without.
notice-disputed-shared = Several people share this account, so that its password stays until an administrator changes it.
notice-disputed-elsewhere = You sign in through { $organization }, so that your password is kept there, and only they can change it. Please tell their service desk or IT department, too.
notice-disputed-disabled = This account has been switched off, so that a new password would not help.
notice-disputed-suspended = The sign-in page of { $organization } is out of order. Until it is back, a password is set through a second mailbox, and this account has none now: one that was named before counts no more, because somebody else may have named it. An administrator can help.
notice-disputed-address = Its address was changed, and this one is no confirmed address of it, so that we can send you no link. Only an administrator can put an address right; we have told them that it was not you.
notice-disputed-address-to-support = Its address was changed, and this one is no confirmed address of it, so that we can send you no link. Only those who help for this service can put an address right; we have told them that it was not you.
notice-disputed-address-to-nobody = Its address was changed, and this one is no confirmed address of it, so that we can send you no link. Only whoever runs this service can put an address right, and there was nobody whom we could tell: please speak with them yourself.

# To the administrators, when the button was pressed at an address that is the account's no more
notice-reported-subject = { $name } disputes a change of address
notice-reported-preview = Please speak with the person before anything else is changed.
notice-reported-lead = The address of an account of your organization was changed. Whoever reads the mail of { $told } says that they did not ask for it. We have signed everybody out of the account, and changed nothing else.
notice-reported-present-subject = { $name } says: it wasn’t me
notice-reported-present-lead = Nobody has confirmed yet that { $told }, the address of an account of your organization, is its owner’s. Whoever reads the mail there says that something we told them of was not them. We have signed everybody out of the account, and changed nothing else.
notice-reported-organization = Organization
notice-reported-by = Said by the reader of
notice-reported-now = Address of the account now
notice-reported-next = Please speak with the person, in a way that you know already and not by answering a mail. If the address is wrong, ask those who run this service to put the address right; until then you can have the account switched off.

# To an address that has just become an account's
notice-assigned-subject = This is now the address of your account
notice-assigned-preview = Please sign in once, to confirm that it is yours.
notice-assigned-lead = Mail about your account at { $organization } goes to { $address } from now on.
notice-assigned-next = Please sign in once. We then mail you a code that confirms that this address is yours; before that we send no link here that opens the account.
notice-assigned-not-you = If you have no account there, somebody has mistyped an address. You need not do anything; if you like, tell us.

# A second mailbox was confirmed, or taken away
notice-second-subject = A second mailbox was confirmed
notice-second-preview = If it was you, all is well.
notice-second-lead = { $second } is now the second mailbox of { $account }: with it and this one a new password can be set when your organization’s sign-in page is out of order. If it was you, all is well.
notice-second-not-you = If it was not you, use this button now: it takes that mailbox away, too.
notice-second-gone-subject = Your second mailbox was removed
notice-second-gone-preview = If it was you, all is well.
notice-second-gone-lead = { $account } has no second mailbox any more. If it was you, all is well. Without one, only an administrator can help you when your organization’s sign-in page is out of order.
notice-second-gone-not-you = If it was not you, use this button now, and name your second mailbox anew.

# The second step
notice-factor-passkey-added-subject = A passkey was added to your account
notice-factor-passkey-added-preview = If it was you, all is well.
notice-factor-passkey-added-lead = A passkey was added to { $account }: whoever has that device, and can unlock it, can sign in with it. If it was you, all is well, and you have been signed out everywhere else.
notice-factor-passkey-added-not-you = If it was not you, use this button now: it takes that passkey away, too.
notice-factor-passkey-removed-subject = A passkey was removed from your account
notice-factor-passkey-removed-preview = If it was you, all is well.
notice-factor-passkey-removed-lead = A passkey of { $account } was removed, and signs nobody in any more. If it was you, all is well, and you have been signed out everywhere else.
notice-factor-passkey-removed-not-you = If it was not you, use this button now.
notice-factor-set-up-subject = A second step was set up for your account
notice-factor-set-up-preview = If it was you, all is well.
notice-factor-set-up-lead = { $account } is signed in to with a code from an authenticator app from now on. If it was you, all is well.
notice-factor-set-up-not-you = If it was not you, somebody knows your password, and that app is theirs. Use this button now: it takes the app away, too.
notice-factor-replaced-subject = The second step of your account was changed
notice-factor-replaced-preview = If it was you, all is well.
notice-factor-replaced-lead = Another authenticator app was set up for { $account }. The old one, and the old recovery codes, work no more. If it was you, all is well.
notice-factor-replaced-not-you = If it was not you, use this button now: it takes the new app away, too.
notice-factor-new-codes-subject = New recovery codes were made for your account
notice-factor-new-codes-preview = If it was you, all is well.
notice-factor-new-codes-lead = Ten new recovery codes were made for { $account }. The old ones work no more. If it was you, all is well.
notice-factor-new-codes-not-you = If it was not you, use this button now: it makes the new codes useless, too.
notice-factor-code-used-subject = A recovery code was used
notice-factor-code-used-preview = If it was you, all is well.
notice-factor-code-used-lead = Somebody used one of the recovery codes of { $account }. Codes that are left: { $left }. If it was you, all is well. Make new ones, or set up your app anew, before there is none.
notice-factor-code-used-not-you = If it was not you, somebody has your codes. Use this button now: it makes the other codes useless, too.
notice-factor-removed-subject = The second step of your account was taken away
notice-factor-removed-preview = You can sign in with your password, and set up another one.
notice-factor-removed-lead = The second step of { $account } was taken away, as it was announced, and everybody was signed out. Sign in with your password; where your organization wants a second step, you set up another one then.
notice-factor-removed-not-you = If you did not ask for it, use this button now, and tell your administrator.
notice-factor-reset-begun-subject = Your second step is going to be taken away
notice-factor-reset-begun-preview = If you did not ask for it, you can stop it until { $due }.
notice-factor-reset-begun-lead = An administrator was told that phone and recovery codes for { $account } are lost. The second step is taken away at { $due }. If you asked for it, you need not do anything: sign in after that. If you find your phone before, just use it.
notice-factor-reset-begun-not-you = If you did not ask for it, somebody tries to get into your account. Use this button now.
notice-factor-reset-stopped-subject = Your second step stays
notice-factor-reset-stopped-preview = It is not taken away.
notice-factor-reset-stopped-lead = The second step of { $account } was to be taken away, and that has been stopped: it works as before.
notice-factor-reset-stopped-not-you = If you have lost your phone and cannot sign in, ask your administrator once more. If somebody else used your account, use this button.

# Everything that is kept was downloaded
notice-exported-subject = Your data was downloaded
notice-exported-preview = If it was you, all is well.
notice-exported-lead = Somebody who is signed in as { $account } has downloaded everything we keep about it: names and addresses, sessions, access, and what happened lately. No password and no answer is part of it. If it was you, all is well.
notice-exported-not-you = If it was not you, somebody uses your account. Use this button now.
