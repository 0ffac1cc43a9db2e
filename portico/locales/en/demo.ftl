demo-heading = The demo
demo-lead = Everything here is made up, lives on this machine only, and may be broken freely.
demo-sign-in = Open the front door
demo-try = What to try
demo-try-sign-in = Sign in as omar@riverside.example and open a product.
demo-try-deep = Open a page of Bed Board that you might have bookmarked, in a private window: you are asked to sign in, and arrive there.
demo-try-menu = In Bed Board, press Products at the top left and go to Incident Desk: nothing is typed again.
demo-try-out = Press Sign out in any product: you are out of all of them, and here.
demo-try-forgot = Choose “Forgot Password?”, type an address, and look for the mail here:
demo-try-mail = Ask for a new password of refused@, greylisted@ or returned@riverside.example, and watch the line that says how the mail is doing. Nobody signs in with these. Somebody does with rosa@riverside.example, and the line says the same as for refused@.
demo-try-lock = Get a password wrong three times in a private window. The account is locked there for 30 minutes, or until its password is reset.
demo-try-questions = Choose “Forgot Password?” for omar@riverside.example and answer the questions; for harbor-dispatch there is one question after the mailed link, and harbor-night is told whom to ask.
demo-try-help = Choose “Need help signing in?” and then “Help me sign in” with any address: the page says the same to everybody, the mail does not.
demo-try-name = Choose “Forgot username?” and type night@harbor.example: the mail names harbor-night.
demo-try-nothing = Sign in as nora@riverside.example, who has no access to anything, and ask for some.
demo-try-ended = Sign in as harbor-dispatch and open Incident Desk, whose license has ended.
demo-try-moving = Sign in as mia@riverside.example, for whom two products still open at their old addresses.
demo-try-code = Sign in as kim@northwind.example, who also needs a code from an authenticator app. Reload this page to see the code of the moment.
demo-try-first = Open the mail “Tracer Access” to ivan@riverside.example, and register as he would. Its temporary password works for 15 minutes; after that, choose “Forgot Password?”.
demo-try-moved = Read the two mails about elena@riverside.example, whose address was corrected when the demo began: at the old one “It wasn’t me” tells her administrators, at the new one she signs in as elena.petrova@riverside.example and confirms it with a code.
demo-try-several = Choose “Forgot Password?” or “Forgot username?” for er@riverside.example and shifts@harbor.example, mailboxes of several usernames each; for practice@oldmill.example nobody could be asked.
demo-try-state = Choose “Help me sign in” for paul@riverside.example, tess@riverside.example, harbor-desk and max@northwind.example: switched off, not moved yet, license ended, no second factor.
demo-try-suspend = Suspend Lakeshore’s single sign-on by the command below, and choose “Forgot Password?” for lee@lakeshore.example: he presses a button in both of his mailboxes, and sets a password that works until you resume. lakeshore-desk has no second mailbox and is told whom to ask. Vera and Tomas, at “My account”, can do without a command, one asking and the other approving.
demo-access = Take access away
demo-access-take = Take Bed Board away from omar
demo-access-give = Give it back
demo-access-hint = While omar@riverside.example is in Bed Board: the next page there says that he may not open it, and who can help.
demo-clock = Let time pass
demo-clock-now = The demo’s clock says
demo-clock-minute = 1 minute
demo-clock-quarter = 15 minutes
demo-clock-hour = 1 hour
demo-clock-day = 1 day
demo-clock-hint = Puts the clock of this demo ahead, never back: see a temporary password expire, a lock end, a link run out. An authenticator app of your own does not know of it; the codes below do.
demo-people = People
demo-email = Email
demo-totp = Authenticator secret
demo-code = Code when this page was loaded
demo-products = Sample products
demo-addresses = Addresses
demo-front-door = The front door
demo-health = Readiness
demo-smtp = Mail server
demo-password = Password
demo-everybody = Everybody’s, but for ivan@riverside.example and er-new, who have none yet.
demo-answers = Answers to the security questions
demo-answers-whose = In the order in which the questions are asked; of everybody who has a password but harbor-night, harbor-late, mill-lab and mill-night, who have set none.
demo-commands = Act as an administrator
demo-commands-lead = Until there is a console, administrators act by command, beside the running demo. Their mails arrive in the demo’s mailbox.
demo-command-doctor = Why can somebody (not) sign in?
demo-command-reset = Mail a link that asks no question
demo-command-temporary = End a password, and mail a temporary one
demo-command-email = Correct an address
demo-command-questions = Take answers to security questions away
demo-command-disable = Switch an account off
demo-command-enable = Switch one on again
demo-command-second = Name a second mailbox
demo-command-suspend = Suspend single sign-on while it is out
demo-command-resume = Resume it
demo-command-invite = Give access
demo-configuration = Written by `portico demo` each time it starts, for commands that act on it.
demo-back = What to try
demo-ready = Portico demo is ready: { $url }
demo-stop = Ctrl-C ends it.
demo-temporary = Nothing is kept. To keep it, name a folder with --data.
demo-kept = Everything is kept in { $folder }; commands find it with --config { $folder }/portico.toml.

# Who the people are
demo-about-omar = Opens three products at two sites.
demo-about-dana = Program Administrator of Riverside.
demo-about-lucia = License Owner of Riverside.
demo-about-rosa = Has an account, and a mailbox that refuses all mail.
demo-about-nora = Has no access to anything.
demo-about-ivan = Was invited to Tracer when the demo began, and has never registered. The mail is in the mailbox.
demo-about-mia = Has one product that has moved, one that moves in 30 days, and one that has not moved.
demo-about-tess = Has three products, none of which has moved.
demo-about-paul = Was switched off.
demo-about-elena = Her address was corrected when the demo began, and she has not confirmed the new one. The mails are in the mailbox.
demo-about-er-front = Shares a mailbox with er-back and er-new.
demo-about-er-back = Shares a mailbox with er-front and er-new.
demo-about-er-new = Has no password yet.
demo-about-harbor-desk = Has one product, whose license has ended. The email does not sign in.
demo-about-harbor-early = Shares a mailbox with harbor-late.
demo-about-harbor-late = Shares a mailbox with harbor-early. Has set no security questions.
demo-about-jo = Works for Harbor under an address of no organization’s domain: nothing that another organization gives opens.
demo-about-lakeshore-desk = From Lakeshore, with a user name.
demo-about-max = Must sign in with a second step, and has none.
demo-about-mill-desk = Shares a mailbox with three others. Nobody administers Old Mill.
demo-about-mill-ward = The same.
demo-about-mill-lab = The same. Has set no security questions.
demo-about-mill-night = The same. Has set no security questions.
demo-about-mill-former = Was switched off, and there is nobody to ask.
demo-about-harbor-dispatch = Signs in with a user name. The license of one of its two products has ended.
demo-about-harbor-night = Signs in with a user name that its email does not tell.
demo-about-harbor-chief = Program Administrator of Harbor County EMS.
demo-about-harbor-ed = An account that several people share.
demo-about-lee = From Lakeshore, whose people sign in at their organization. Second mailbox: lee.nakamura@bluebird.example.
demo-about-lakeshore-ward = At the mailbox of lakeshore-desk, with a second mailbox at lakeshore.ward@bluebird.example.
demo-about-vera = License Owner of Lakeshore, with a second mailbox at vera.holm@bluebird.example.
demo-about-tomas = The other License Owner of Lakeshore: one asks to suspend single sign-on, the other approves.
demo-about-sam = From Summit, whose people sign in at their organization.
demo-about-kim = Needs a code from an authenticator app.
demo-about-help = Support agent. Needs a code from an authenticator app.
demo-about-root = Operator. Needs a code from an authenticator app.

# The mailbox
demo-mailbox = The demo’s mailbox
demo-mailbox-lead = Every mail the demo has sent, newest first. None of them left this machine.
demo-mailbox-empty = No mail yet. Ask for a password reset, and it arrives here.
demo-all-mail = All mail
demo-mail-to = to { $to }
demo-mail-from = From
demo-mail-for = To
demo-mail-at = At
demo-mail-status = Status
demo-mail-delivered = delivered
demo-mail-reply-lost = delivered, receipt lost
demo-mail-open = Open the mail
demo-mail-text = As plain text

# The sample products
demo-product-back = Go to Portico
demo-product-overview = Overview
demo-product-you = What this product knows of you
demo-product-name = Name
demo-product-organization = Organization
demo-product-roles = Roles
demo-product-again = Try again
demo-product-in-again = Sign in again
demo-product-out-heading = You are signed out
demo-product-out = Your session has ended in { $product }, at Portico, and in every product you had opened.
demo-product-away-heading = Signing in does not work just now
demo-product-away = { $product } cannot reach Portico, where you sign in. Please try again in a moment.
demo-product-refused-heading = You could not be signed in
demo-product-refused = { $product } does not trust the answer it was given. Please try again; if that does not help, tell whoever runs it.
demo-product-denied-heading = You are not signed in
demo-product-denied = Portico has not signed you in to { $product }. You can try again, or see which products you may open.
demo-product-over-heading = This sign-in is over
demo-product-over = It was finished before, took too long, or was begun in another browser. Nothing is lost: { $product } can begin anew.
demo-product-lost-heading = There is no such page
demo-product-lost = { $product } has nothing at this address. Its overview shows what there is.
demo-product-still-heading = You are not signed out everywhere
demo-product-still = Your session has ended in { $product }, but Portico does not answer, and you may still be signed in there. Go to Portico in a moment and sign out, or close the browser.
demo-product-old = This is where people opened { $product } before it moved behind the front door.
demo-product-sample = A sample product of the demo.

# What people of the demo accept. An empty line begins a paragraph.
demo-terms =
    These are the terms of the demo. In your own deployment they are yours: a text file that the configuration names, with a version.

    Use what you are given access to for your work only, and do not let others use it under your name.

    What you do here is recorded, so that it can be seen later who did what. Nobody is watched beyond that.

    Tell your administrator at once if you think that somebody else knows your password.

demo-client = Try a client library
demo-client-issuer = Issuer
demo-client-id = Client ID
demo-client-secret = Secret
demo-client-redirect = Redirect URIs
